"""When a session was last used, and what of accounts browsers may keep: nothing."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.middleware import UserSessionsMiddleware
from django.core.cache import cache
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac

ACTIVITY_TIMEOUT = 5 * 60  # seconds
PAGES = ("/admin/login/", "/admin/compte/")


class NotKeptMiddleware:
    """The pages of accounts, allauth's own among them, are in no browser's cache when the next person sits down."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith(PAGES):
            add_never_cache_headers(response)
        return response


class SessionActivityMiddleware(UserSessionsMiddleware):
    """allauth's, which writes at each request: once in five minutes, and at once for another device or address."""

    def __call__(self, request):
        if not hasattr(request, "session") or not request.session.session_key or self.is_new(request):
            return super().__call__(request)
        return self.get_response(request)

    @staticmethod
    def is_new(request) -> bool:
        used_by = (
            request.session.session_key,
            get_adapter().get_client_ip(request),
            request.headers.get("User-Agent", ""),
        )
        key = salted_hmac("accounts.activity", "\n".join(used_by)).hexdigest()
        return cache.add(f"session-activity-{key}", True, ACTIVITY_TIMEOUT)
