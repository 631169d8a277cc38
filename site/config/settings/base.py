"""Settings shared by every way of running the product; safe for production as they stand."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE

from config.env import ROOT, read_environment

ENV = read_environment()

SITE_DIR = ROOT / "site"
DEBUG = False
SECRET_KEY = ENV.secret_key

# Hosts: every hostname of the Site table is allowed, and nothing else. core.middleware.SiteMiddleware refuses the
# rest before any view runs, so that opening a pôle needs no restart; Django's own list cannot read the table.
ALLOWED_HOSTS = [ENV.editor_host, "*"]

INSTALLED_APPS = [
    # The rooms, from the ground up: the one list of them, with which a test compares every other.
    "accounts",
    "core",
    "trash",
    "poles",
    "commons",
    "inbox",
    "members",
    "articles",
    "videos",
    "events",
    "home",
    "portal",
    "search",
    "network",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.page_cache.middleware.PageCacheMiddleware",
    "core.middleware.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "core.middleware.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.SiteMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.PathLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.NotKeptMiddleware",
    "accounts.middleware.SessionActivityMiddleware",
    "core.second_factor.SecondFactorMiddleware",
    "core.isolation.guard.EditorGuardMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.RedirectMiddleware",
    "core.middleware.TypographyMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["core.templatetags.core_tags"],
        },
    }
]

# Database and cache

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}
DATABASES = {"default": ENV.database}
if ENV.database["ENGINE"].endswith("sqlite3"):
    ENV.data_dir.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Shared by all processes in both cases: Wagtail keeps the addresses of the sites there for an hour, and a pôle that
# a command opens must be known to the running server at once.
if ENV.redis_url:
    CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": ENV.redis_url,
            "OPTIONS": {
                "IGNORE_EXCEPTIONS": True,
                "SOCKET_CONNECT_TIMEOUT": 1,
                "SOCKET_TIMEOUT": 1,
            },
        }
    }
    DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
else:
    CACHES = {
        "default": {
            "BACKEND": "core.folder_cache.FolderCache",
            "LOCATION": ENV.data_dir / "cache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    }

# Finished pages (core.page_cache): shared by all processes in Redis or in a folder, and in the memory of each
PAGE_CACHE = ENV.page_cache
PAGE_CACHE_REDIS_URL = ENV.redis_url
PAGE_CACHE_FOLDER = ENV.data_dir / "pages"
PAGE_CACHE_MEMORY = 16 * 1024 * 1024

TASKS = {
    "default": {
        "BACKEND": {
            "immediate": "django_tasks.backends.immediate.ImmediateBackend",
            "worker": "django_tasks_db.DatabaseBackend",
        }[ENV.background_tasks]
    }
}

# Accounts and sessions: they exist on the editor's host alone

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.StrengthValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up: see the adapter
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # the editor sends there those whom it does not let in
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is answered from the mail that it came in
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the others end; the one that changed it goes on
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None  # asked
# Ten wrong passwords close an account for a quarter of an hour, from wherever they come; a hundred close an address.
# Visitors' messages to members, and their reports, count in the same place.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "100/15m/ip,10/15m/key",
    "login": "60/m/ip",
    "write_to_site": "5/h/ip",
    "write_to_member": "5/h/ip",
    "report_member": "10/h/ip",
    "page_password": "10/15m/ip,60/15m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENV.trusted_proxy else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Réseau des pôles ESS"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.editor_url.startswith("https://")
USERSESSIONS_TRACK_ACTIVITY = True
SECOND_FACTOR_REQUIRED = True  # of whoever looks after the whole network
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# Languages

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français"), ("br", "Brezhoneg")]
LOCALE_PATHS = [SITE_DIR / "locale", SITE_DIR / "wording"]  # ours, then Wagtail's in our words
TIME_ZONE = "Europe/Paris"
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Files

# django-leaflet carries Leaflet's files; as an installed app it would ask for GDAL.
LEAFLET = Path(find_spec("leaflet").origin).parent / "static" / "leaflet"
LEAFLET_FILES = [("leaflet", LEAFLET)]
STATIC_URL = "/static/"
STATIC_ROOT = SITE_DIR / "staticfiles"
STATICFILES_DIRS = [SITE_DIR / "static", *LEAFLET_FILES]
MEDIA_URL = "/media/"
MEDIA_ROOT = ENV.data_dir / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.static_files.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long article's body posts several fields a block

# Wagtail

WAGTAIL_SITE_NAME = "Réseau des pôles ESS"
WAGTAILADMIN_BASE_URL = ENV.editor_url
WAGTAIL_USER_TIME_ZONES = ["Europe/Paris"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Passwords and addresses are allauth's, under /admin/compte/
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 2000
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses are read out, copied, printed
WAGTAILEMBEDS_FINDERS = []
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.images.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]  # of files that are sent
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024  # what is stored is reduced: core.images.arrival
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "core.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.document_forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024  # a film's; for what is none:
MAX_DOCUMENT_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "epub", "ics", "mp4", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "vtt", "webm", "xlsx", "zip",
]  # fmt: skip
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend", "SEARCH_CONFIG": "simple"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ul", "ol", "link", "document-link", "superscript"]},
    }
}

# Security headers

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
IS_HTTPS = ENV.editor_url.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
if IS_HTTPS:  # a neighbour on another subdomain cannot write these
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_SSL_REDIRECT = False
CSRF_TRUSTED_ORIGINS = [ENV.editor_url]
if ENV.trusted_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PERMISSIONS_POLICY = {
    feature: [] for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's editor writes styles inline, and its rich text needs `data:` images; it stays free of other hosts.
EDITOR_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "media-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [SELF],
    "object-src": [NONE],
    "frame-ancestors": [SELF],
}

# Calls to other servers (core.fetcher)

OUTGOING_CALLS = ENV.outgoing_calls
FETCHER_TEST_ADDRESSES = frozenset()  # `host:port` of the tests' own servers; never anything else

# Maps: the server of their ground, called when a visitor opens one; "" for a plain ground

MAP_TILES_URL = ENV.map_tiles_url
if MAP_TILES_URL:  # the editor has a map too, to click on the place of an event
    _tiles = urlsplit(MAP_TILES_URL)
    EDITOR_CONTENT_SECURITY_POLICY["img-src"].append(f"{_tiles.scheme}://{_tiles.netloc.replace('{s}', '*')}")
MAP_TILES_ATTRIBUTION = ENV.map_tiles_attribution

# What other services know of an organisation (core.lookups): dotted paths of providers, "" for none

ADDRESS_LOOKUP = ENV.address_lookup
REGISTRY_LOOKUP = ENV.registry_lookup

# Videos of other servers (core.embeds), in the order in which they are asked whether an address is theirs

VIDEO_PROVIDERS = [
    "core.embeds.services.YouTube",
    "core.embeds.services.Dailymotion",
    "core.embeds.services.Vimeo",
    "core.embeds.approved.PeerTube",
    "core.embeds.approved.OEmbed",
]

# Mail and logs

EMAIL_BACKEND = "accounts.mail.QueueBackend"
DELIVERY_EMAIL_BACKEND = ENV.email["EMAIL_BACKEND"]
EMAIL_HOST = ENV.email.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = ENV.email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = ENV.email.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = ENV.email.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = ENV.email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = ENV.email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.default_from_email

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        },
        "text": {"format": "{levelname:<7} {name}: {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": ENV.log_format}},
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": ["console"], "propagate": False, "level": "WARNING"},
        "django_tasks": {"level": "WARNING"},  # each index update would be two lines
        # A wrong Host header is a scanner's, not ours: the 400 is enough.
        "django.security.DisallowedHost": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}

SECURITY_CONTACT = ENV.security_contact
STYLE_GUIDE_IS_PUBLIC = False  # in the editor it is there for everybody who may log in
SITES_PORT = ENV.sites_port
DEMO_PASSWORD = ENV.demo_password
