from django.conf import settings
from django.db import models
from django.utils import timezone


class ProviderAccount(models.Model):
    """As whom a provider of single sign-on knows somebody (“iss” and “sub” of OpenID Connect). E-mail
    addresses are given to somebody else one day; this is not."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="provider_knows_one"),
            models.UniqueConstraint(fields=["person", "issuer"], name="provider_account_once"),
        ]

    def __str__(self):
        return f"{self.person}, at {self.issuer}"
