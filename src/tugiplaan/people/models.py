"""The tables of people: persons, those who speak for them, their network, what they agreed to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Lasting, Row

_DATES = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class IdentifierType(models.TextChoices):
    """What kind of identifier a person has."""

    NONE = "", _("puudub")
    NATIONAL = "national", _("isikukood")
    PASSPORT = "passport", _("reisidokument")
    OTHER = "other", _("muu")


class Person(Row):
    """A person who gets support from a provider.

    Attributes:
        code: The provider's own short code; files name the person by it.
        identifier: Personal code or another identifier. Never a key, never in an address.
        sort_name: Key of the Estonian order of names (ICU), the same in every database.
        search_name: The names in plain Latin letters, as `people.names.search_key` writes them.
        first_pnh_start: Agreed start of the very first day-and-week-care referral, if known.
        merged_into: The entry that stands for the same person; both keep their history.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("kood"), max_length=64)
    identifier_type = models.CharField(
        _("tunnuse liik"), max_length=20, choices=IdentifierType, blank=True, default=""
    )
    identifier_country = models.CharField(_("tunnuse riik"), max_length=2, blank=True, default="")
    identifier = models.CharField(
        _("isikukood või muu tunnus"), max_length=40, blank=True, default=""
    )
    first_name = models.CharField(_("eesnimi"), max_length=200)
    last_name = models.CharField(_("perekonnanimi"), max_length=200)
    sort_name = models.BinaryField(_("järjestusvõti"), editable=False)
    search_name = models.CharField(
        _("otsingunimi"), max_length=1000, blank=True, default="", editable=False
    )
    birth_date = models.DateField(_("sünniaeg"))
    first_pnh_start = models.DateField(_("esimese PNH algus"), null=True, blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    address = models.CharField(_("aadress"), max_length=300, blank=True)
    language = models.CharField(_("suhtluskeel"), max_length=2, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )

    class Meta:
        verbose_name = _("isik")
        verbose_name_plural = _("isikud")
        constraints = [
            models.UniqueConstraint(fields=["provider", "code"], name="people_person_code_once"),
            models.UniqueConstraint(
                fields=["provider", "identifier_type", "identifier_country", "identifier"],
                condition=~Q(identifier="") & Q(merged_into__isnull=True),
                name="people_person_identifier_once",
            ),
            models.CheckConstraint(
                condition=(Q(identifier="") & Q(identifier_type="") & Q(identifier_country=""))
                | (~Q(identifier="") & ~Q(identifier_type="") & ~Q(identifier_country="")),
                name="people_person_identifier_whole",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="people_person_not_merged_into_itself",
            ),
        ]
        indexes = [models.Index(fields=["provider", "sort_name"], name="people_person_by_name")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Merge(Lasting):
    """Two entries found to be one person; or, with `is_undone`, found not to be."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_undone = models.BooleanField(_("tagasi võetud"), default=False)
    why = models.TextField(_("põhjus"))

    class Meta:
        verbose_name = _("kirjete ühendamine")
        verbose_name_plural = _("kirjete ühendamised")
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="people_merge_two"),
            models.CheckConstraint(condition=~Q(why=""), name="people_merge_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


class RepresentativeKind(models.TextChoices):
    """In what right somebody speaks for a person."""

    GUARDIAN = "guardian", _("eestkostja")
    AUTHORISED = "authorised", _("volitatud esindaja")
    NEXT_OF_KIN = "next_of_kin", _("lähedane")


class Representative(Row):
    """Somebody who speaks for a person, from when to when."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="representatives")
    kind = models.CharField(_("liik"), max_length=20, choices=RepresentativeKind)
    name = models.CharField(_("nimi"), max_length=200)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    basis = models.CharField(_("alus"), max_length=300, blank=True)
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)

    class Meta:
        verbose_name = _("esindaja")
        verbose_name_plural = _("esindajad")
        constraints = [models.CheckConstraint(condition=_DATES, name="people_representative_dates")]

    def __str__(self) -> str:
        return self.name


class NetworkMember(Row):
    """Somebody around a person: family, friend, doctor, social worker; role and dates."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="network")
    name = models.CharField(_("nimi"), max_length=200)
    role = models.CharField(_("roll"), max_length=100)
    organisation = models.CharField(_("asutus"), max_length=200, blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)

    class Meta:
        verbose_name = _("võrgustiku liige")
        verbose_name_plural = _("võrgustik")
        constraints = [models.CheckConstraint(condition=_DATES, name="people_network_dates")]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"


class Consent(Row):
    """What a person agreed to, for what, from when to when, and when it was taken back.

    Attributes:
        scope: What of it: which data, with whom.
        withdrawn_on: From this day on it no longer holds.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("eesmärk"), max_length=100)
    scope = models.TextField(_("ulatus"))
    given_by = models.CharField(_("andis"), max_length=200)
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)
    withdrawn_on = models.DateField(_("tagasi võetud"), null=True, blank=True)

    class Meta:
        verbose_name = _("nõusolek")
        verbose_name_plural = _("nõusolekud")
        constraints = [
            models.CheckConstraint(condition=_DATES, name="people_consent_dates"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("valid_from")),
                name="people_consent_withdrawal",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose
