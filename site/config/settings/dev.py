"""Development and `make demo`: everything has a default, and the pages are served by Django itself."""

import os

from config.env import read_env_file

read_env_file()  # before the defaults: what one wrote there counts
os.environ.setdefault("SECRET_KEY", "for-development-only-never-use-this-key-on-a-public-server")
os.environ.setdefault("EDITOR_URL", f"http://localhost:{os.environ.get('PORT') or 8000}")
os.environ.setdefault("BACKGROUND_TASKS", "immediate")
os.environ.setdefault("LOG_FORMAT", "text")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from .base import *

INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
STYLE_GUIDE_IS_PUBLIC = True
# Files straight from the tree: no collectstatic while one works on a style sheet.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
AUTH_PASSWORD_VALIDATORS = []
SECOND_FACTOR_REQUIRED = False  # offered, not demanded, while one tries the product
VIDEO_PROVIDERS = [*VIDEO_PROVIDERS, "core.embeds.example.Example"]  # works without a network
