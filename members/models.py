from members.importing.imports import MemberImport
from members.index_page import DirectoryPage, MemberIndexPage
from members.lookups import LookedUp
from members.network_directory import NetworkDirectoryPage
from members.page import MemberPage, MemberSector
from members.proposals import Proposal
from members.verification import VerificationRequest

__all__ = [
    "DirectoryPage",
    "LookedUp",
    "MemberImport",
    "MemberIndexPage",
    "MemberPage",
    "MemberSector",
    "NetworkDirectoryPage",
    "Proposal",
    "VerificationRequest",
]  # fmt: skip
