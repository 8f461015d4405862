"""The tables of people: persons, those who speak for them, their network, what they agreed to."""

from django.db import models
from django.db.models import F, Q

from tugiplaan.audit.rows import Lasting, Row

_DATES = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class IdentifierType(models.TextChoices):
    """What kind of identifier a person has."""

    NONE = "", "puudub"
    NATIONAL = "national", "isikukood"
    PASSPORT = "passport", "reisidokument"
    OTHER = "other", "muu"


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
    code = models.CharField("kood", max_length=64)
    identifier_type = models.CharField(
        "tunnuse liik", max_length=20, choices=IdentifierType, blank=True, default=""
    )
    identifier_country = models.CharField("tunnuse riik", max_length=2, blank=True, default="")
    identifier = models.CharField("isikukood või muu tunnus", max_length=40, blank=True, default="")
    first_name = models.CharField("eesnimi", max_length=200)
    last_name = models.CharField("perekonnanimi", max_length=200)
    sort_name = models.BinaryField("järjestusvõti", editable=False)
    search_name = models.CharField(
        "otsingunimi", max_length=1000, blank=True, default="", editable=False
    )
    birth_date = models.DateField("sünniaeg")
    first_pnh_start = models.DateField("esimese PNH algus", null=True, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)
    address = models.CharField("aadress", max_length=300, blank=True)
    language = models.CharField("suhtluskeel", max_length=2, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )

    class Meta:
        verbose_name = "isik"
        verbose_name_plural = "isikud"
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
    is_undone = models.BooleanField("tagasi võetud", default=False)
    why = models.TextField("põhjus")

    class Meta:
        verbose_name = "kirjete ühendamine"
        verbose_name_plural = "kirjete ühendamised"
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="people_merge_two"),
            models.CheckConstraint(condition=~Q(why=""), name="people_merge_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


class RepresentativeKind(models.TextChoices):
    """In what right somebody speaks for a person."""

    GUARDIAN = "guardian", "eestkostja"
    AUTHORISED = "authorised", "volitatud esindaja"
    NEXT_OF_KIN = "next_of_kin", "lähedane"


class Representative(Row):
    """Somebody who speaks for a person, from when to when."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="representatives")
    kind = models.CharField("liik", max_length=20, choices=RepresentativeKind)
    name = models.CharField("nimi", max_length=200)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)
    basis = models.CharField("alus", max_length=300, blank=True)
    valid_from = models.DateField("alates")
    valid_to = models.DateField("kuni", null=True, blank=True)

    class Meta:
        verbose_name = "esindaja"
        verbose_name_plural = "esindajad"
        constraints = [models.CheckConstraint(condition=_DATES, name="people_representative_dates")]

    def __str__(self) -> str:
        return self.name


class NetworkMember(Row):
    """Somebody around a person: family, friend, doctor, social worker; role and dates."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="network")
    name = models.CharField("nimi", max_length=200)
    role = models.CharField("roll", max_length=100)
    organisation = models.CharField("asutus", max_length=200, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)
    valid_from = models.DateField("alates")
    valid_to = models.DateField("kuni", null=True, blank=True)

    class Meta:
        verbose_name = "võrgustiku liige"
        verbose_name_plural = "võrgustik"
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
    purpose = models.CharField("eesmärk", max_length=100)
    scope = models.TextField("ulatus")
    given_by = models.CharField("andis", max_length=200)
    valid_from = models.DateField("alates")
    valid_to = models.DateField("kuni", null=True, blank=True)
    withdrawn_on = models.DateField("tagasi võetud", null=True, blank=True)

    class Meta:
        verbose_name = "nõusolek"
        verbose_name_plural = "nõusolekud"
        constraints = [
            models.CheckConstraint(condition=_DATES, name="people_consent_dates"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("valid_from")),
                name="people_consent_withdrawal",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose
