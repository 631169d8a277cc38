from unicodedata import normalize

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth, for accounts that come by invitation only."""

    def _get_login_attempts_cache_key(self, request, **credentials):
        """One count an account: PostgreSQL finds the same account by letters that look otherwise (ſ for s)."""
        login = credentials.get("email") or credentials.get("username") or ""
        return normalize("NFKC", login).casefold().strip()

    def is_open_for_signup(self, request):
        return False
