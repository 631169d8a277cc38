"""The test suite: as production, with fast passwords, and files that vanish with the process."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="poles-tests-")

os.environ.setdefault("SECRET_KEY", "for-the-tests-only-never-use-this-key-on-a-public-server")
os.environ["EDITOR_URL"] = "http://reseau.test"
os.environ["DATA_DIR"] = _folder.name
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["BACKGROUND_TASKS"] = "immediate"
os.environ["REDIS_URL"] = ""
os.environ["OUTGOING_CALLS"] = "false"
os.environ["LOG_FORMAT"] = "text"
os.environ.setdefault("LOG_LEVEL", "ERROR")

from .base import *

TEST_FOLDER = _folder  # kept alive as long as the settings
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = []
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
VIDEO_PROVIDERS = [*VIDEO_PROVIDERS, "core.embeds.example.Example"]  # works without a network
