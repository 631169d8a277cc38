from commons.charter import Charter
from commons.pages import CharterPage, PrinciplesPage
from commons.principles import Principle
from commons.sectors import Sector
from commons.signatures import Signature
from commons.topics import Topic

__all__ = ["Charter", "CharterPage", "Principle", "PrinciplesPage", "Sector", "Signature", "Topic"]
