"""The referrals app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    """Referral decisions and the stays that follow: arrival, absence, move, end."""

    name = "tugiplaan.referrals"
    verbose_name = _("Suunamised")
