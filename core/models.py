from core.addresses import FormerAddress
from core.documents import SiteDocument
from core.embeds.hosts import ApprovedHost
from core.embeds.records import RemoteVideo
from core.identity import SiteIdentity
from core.images.models import Rendition, SiteImage
from core.page_cache.owed import OwedMove

__all__ = [
    "ApprovedHost",
    "FormerAddress",
    "OwedMove",
    "RemoteVideo",
    "Rendition",
    "SiteDocument",
    "SiteIdentity",
    "SiteImage",
]
