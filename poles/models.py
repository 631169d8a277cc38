from poles.audit import AuditEntry
from poles.invitations import Invitation
from poles.moderation import PublisherApprovalTask
from poles.registry import Pays, Pole, PoleStatus

__all__ = ["AuditEntry", "Invitation", "Pays", "Pole", "PoleStatus", "PublisherApprovalTask"]
