"""gunicorn -c site/gunicorn.conf.py — from any folder."""

import os
from pathlib import Path

_site = Path(__file__).resolve().parent

chdir = str(_site.parent)
pythonpath = f"{_site},{_site.parent}"
wsgi_app = "config.wsgi:application"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
threads = 4
timeout = 60
max_requests = 2000
max_requests_jitter = 200
accesslog = "-"
