"""The cache of an install without Redis: Django's, in a folder, without looking through it at every write."""

import secrets

from django.core.cache.backends.filebased import FileBasedCache

ONE_IN = 200


class FolderCache(FileBasedCache):
    """Django's lists the whole folder each time that something is kept: half of what a feed costs.

    It may hold some two hundred entries more than `MAX_ENTRIES` for it.
    """

    def _cull(self):
        if secrets.randbelow(ONE_IN) == 0:
            super()._cull()
