"""The link by which a new user sets a password, once."""

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User


def invite(request: HttpRequest, user: User) -> str:
    """Make the link, and send it by e-mail where letters can be sent.

    Args:
        request: Of who invites; the link leads to the same site.
        user: Who is invited; the link is of no use once their password is set.

    Returns:
        The link, to hand over.
    """
    token = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    names = {"uidb36": user_pk_to_url_str(user), "key": token}
    link = request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=names))
    if settings.CAN_SEND_LETTERS:
        with translation.override(user.language):
            send_mail(
                _("Sinu konto Tugiplaanis"),
                _(
                    "Tere, {name}!\n\nSulle on tehtud Tugiplaani konto. "
                    "Vali parool siin: {link}\n\n"
                    "Link kehtib kolm päeva ja ühe korra."
                ).format(name=user.name, link=link),
                None,
                [user.email],
            )
    return link
