from core.addresses import FormerAddress
from core.documents import SiteDocument
from core.identity import SiteIdentity
from core.images.models import Rendition, SiteImage

__all__ = ["FormerAddress", "Rendition", "SiteDocument", "SiteIdentity", "SiteImage"]
