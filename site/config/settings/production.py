from .base import *

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
# Each pôle brings its own domain, whose other subdomains are not ours to force to HTTPS (W005, W021).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
