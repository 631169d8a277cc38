from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth, for accounts that come by invitation only."""

    def is_open_for_signup(self, request):
        return False
