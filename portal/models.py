from portal.page import PortalPage

__all__ = ["PortalPage"]
