"""The referrals app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referral decisions and the stays that follow: arrival, absence, move, end."""

    name = "tugiplaan.referrals"
    verbose_name = "Suunamised"
