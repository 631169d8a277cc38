from network.agenda import NetworkAgendaPage
from network.audit import AuditEntry
from network.directory import NetworkDirectoryPage
from network.invitations import Invitation
from network.moderation import PublisherApprovalTask
from network.portal import PortalPage
from network.registry import Pays, Pole, PoleStatus

__all__ = [
    "AuditEntry",
    "Invitation",
    "NetworkAgendaPage",
    "NetworkDirectoryPage",
    "Pays",
    "Pole",
    "PoleStatus",
    "PortalPage",
    "PublisherApprovalTask",
]
