"""The tables of accounts: users, grants, caseloads."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Row


class UserManager(BaseUserManager["User"]):
    """Finds users; they are made by `accounts.actions`."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, Row):
    """Somebody who logs in."""

    email = models.EmailField(_("e-post"), unique=True)
    name = models.CharField(_("nimi"), max_length=200)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    language = models.CharField(_("keel"), max_length=2, default="et")
    is_active = models.BooleanField(_("kasutusel"), default=True)
    last_login = None  # a log-in is an event, not a change of the user

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("kasutaja")
        verbose_name_plural = _("kasutajad")
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["et", "en", "ru"]), name="accounts_user_language"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Compare a password; unlike Django's, never writes a stronger hash on the way."""
        return check_password(raw_password, self.password)

    def natural_key(self) -> tuple[Any, ...]:
        return (self.email,)


class Grant(Row):
    """A role given to a user, where and for how long.

    Attributes:
        role: A role of roles.yaml.
        provider: Where; None: at every provider.
        place: Only at this place of the provider.
        person: Whose own view this is (role `person`, also for a representative).
        funder: Registry code of the municipality whose people it is about.
        valid_to: Last day; None: until further notice.
        reason: Why; not empty where it reaches several providers.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("roll"), max_length=40)
    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.ForeignKey(
        "providers.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    funder = models.CharField(_("rahastaja registrikood"), max_length=20, blank=True)
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)
    reason = models.TextField(_("põhjus"), blank=True)

    class Meta:
        verbose_name = _("õigus")
        verbose_name_plural = _("õigused")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accounts_grant_dates",
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=True) | Q(provider__isnull=False),
                name="accounts_grant_place_of_provider",
            ),
            models.CheckConstraint(
                condition=Q(provider__isnull=False) | ~Q(reason=""),
                name="accounts_grant_everywhere_says_why",
            ),
            models.CheckConstraint(
                condition=(Q(role="person") & Q(person__isnull=False))
                | (~Q(role="person") & Q(person__isnull=True)),
                name="accounts_grant_person",
            ),
            models.CheckConstraint(
                condition=(Q(role="municipality") & ~Q(funder=""))
                | (~Q(role="municipality") & Q(funder="")),
                name="accounts_grant_funder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class Caseload(Row):
    """Who works with whom, from when to when.

    Attributes:
        deputy_for: The user whose place is taken for the time; None: it is the user's own case.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="caseload")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)
    deputy_for = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("töötab inimesega")
        verbose_name_plural = _("kes kellega töötab")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accounts_caseload_dates",
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | Q(valid_to__isnull=False),
                name="accounts_caseload_deputy_ends",
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("user")),
                name="accounts_caseload_deputy_is_other",
            ),
        ]
        indexes = [models.Index(fields=["user", "valid_from"], name="accounts_caseload_user")]

    def __str__(self) -> str:
        return f"{self.user} – {self.person_id}"
