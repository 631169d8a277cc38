"""gunicorn -c site/gunicorn.conf.py — from any folder. WEB_CONCURRENCY workers of WEB_THREADS threads on PORT."""

import gc
import os
from pathlib import Path

_site = Path(__file__).resolve().parent

chdir = str(_site.parent)
pythonpath = f"{_site},{_site.parent}"
wsgi_app = "config.wsgi:application"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
# The code is loaded once and shared: a worker takes what it needs beside it, and begins at once.
preload_app = True
max_requests = 50_000
max_requests_jitter = 5_000
accesslog = "-"


def when_ready(server):
    """Load what the first request would, before there are workers; what is loaded stays shared among them."""
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
