from .base import *

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
# Each pôle brings its own domain, whose other subdomains are not ours to force to HTTPS (W005, W021).
# W001 looks for Django's SecurityMiddleware by its name: ours is one.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W005", "security.W021"]
