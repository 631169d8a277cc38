"""No free tags on files: Wagtail keeps one list of them for all sites, and shows it to everybody.

Topics sort what is published (`commons.topics`), collections what is filed.
"""

from wagtail.documents.views.bulk_actions.add_tags import AddTagsBulkAction as TagDocuments
from wagtail.images.views.bulk_actions.add_tags import AddTagsBulkAction as TagImages


def forbid_tags() -> None:
    for action in (TagDocuments, TagImages):
        action.models = []
