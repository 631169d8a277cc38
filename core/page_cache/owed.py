from django.db import models


class OwedMove(models.Model):
    """A change made while Redis was away; written with it, so that neither is without the other.

    Every process looks for them when it reaches Redis again (`RedisGenerations.pay_owed`).
    """

    at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.at)
