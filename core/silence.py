"""The files of a suspended site: they answer to nobody but the people of the editor, whatever the host."""

from django.db.models import Q
from django.http import Http404
from wagtail.models import Collection, Site

from core.identity import SiteIdentity, SiteState
from core.images.models import Rendition, SiteImage
from core.querysets import below, hidden_paths
from core.seams import collection_of_site


def silent_collections() -> Q | None:
    """Those of the suspended sites, by their paths; None where no site is suspended."""
    hidden = hidden_paths()
    if hidden is not None and not hidden.suspended:
        return None
    sites = Site.objects.filter(pk__in=SiteIdentity.objects.filter(state=SiteState.SUSPENDED).values("site"))
    found = [collection.path for site in sites if (collection := collection_of_site(site)) is not None]
    return below(found) if found else None


def is_silent(collection: Collection) -> bool:
    asked = silent_collections()
    return asked is not None and Collection.objects.filter(asked, pk=collection.pk).exists()


def is_silent_picture(name: str) -> bool:
    """Whether the file of that name (below the folder of media) is a picture of a suspended site."""
    asked = silent_collections()
    if asked is None:
        return False
    silent = Collection.objects.filter(asked)
    pictures = SiteImage.objects.filter(collection__in=silent)
    return pictures.filter(file=name).exists() or Rendition.objects.filter(image__in=pictures, file=name).exists()


def refuse_silent_document(document, request) -> None:
    """Wagtail asks before it serves a document: those of a suspended site are for who works in the editor."""
    if is_silent(document.collection) and not request.user.is_authenticated:
        raise Http404
