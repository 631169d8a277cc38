from allauth.account.adapter import DefaultAccountAdapter

from accounts.mail import enqueue


class AccountAdapter(DefaultAccountAdapter):
    """allauth, for accounts that come by invitation only, and whose mails leave after the answer."""

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        enqueue(message.subject, message.body, [email])
