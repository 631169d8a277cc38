"""The cache of an install without Redis."""

import pytest

from core.folder_cache import FolderCache

pytestmark = pytest.mark.database_independent("files")


def test_the_folder_stays_within_bounds(tmp_path):
    kept = FolderCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 100}})
    for number in range(3000):
        kept.set(f"key-{number}", number)
    assert len(list(tmp_path.glob("*"))) < 2500
    assert kept.get("key-2999") == 2999
