from network.moderation import PublisherApprovalTask
from network.portal import PortalPage
from network.registry import Pays, Pole, PoleStatus

__all__ = ["Pays", "Pole", "PoleStatus", "PortalPage", "PublisherApprovalTask"]
