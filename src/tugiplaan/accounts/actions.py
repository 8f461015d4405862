"""Changing accounts: users, grants, caseloads."""

from datetime import date

from tugiplaan.accounts.models import Grant, User
from tugiplaan.audit.recorder import acting

OPERATOR_EMAIL = "haldur@tugiplaan.invalid"


def operator() -> User:
    """Give the user as whom commands on the machine itself act; made on first use."""
    found = User.objects.filter(email=OPERATOR_EMAIL).first()
    if found is not None:
        return found
    user = User(email=OPERATOR_EMAIL, name="Käsurida")
    user.set_unusable_password()
    why = "Käsurea käske annab see, kelle käes on andmebaas ise."
    with acting(by=user, name="accounts.make_operator", why=why):
        user.save(force_insert=True)
        Grant.objects.create(user=user, role="operator", valid_from=date(2016, 1, 1), reason=why)
    return user
