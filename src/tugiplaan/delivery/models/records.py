"""Hours, days, component hours, sessions, the narrative, incidents, isolation.

`period` is the month as YYYYMM; with the provider it leads every index, so that a month costs
the same however many others there are.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Derived, Lasting, new_id
from tugiplaan.rules.vocabulary import Audience, DayKind, Mode

_IN_A_DAY = 24 * 60


class GroupSession(Lasting):
    """A group session: what is the same for all who took part.

    Attributes:
        start: Minutes after midnight.
        note: What was done, one line for everybody.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("kood"), max_length=64)
    day = models.DateField(_("päev"), null=True, blank=True)
    start = models.PositiveSmallIntegerField(_("algus"), null=True, blank=True)
    title = models.CharField(_("nimetus"), max_length=200, blank=True)
    note = models.TextField(_("mida tehti"), blank=True)

    class Meta:
        verbose_name = _("rühmatund")
        verbose_name_plural = _("rühmatunnid")
        constraints = [
            models.UniqueConstraint(fields=["provider", "code"], name="delivery_session_code_once")
        ]

    def __str__(self) -> str:
        return self.title or self.code


class MissedKind(models.TextChoices):
    """Why somebody who was expected in a group session did not take part."""

    ILL = "ill", _("haige")
    DECLINED = "declined", _("ei soovinud")
    ELSEWHERE = "elsewhere", _("mujal")
    OTHER = "other", _("muu")


class Missed(Lasting):
    """Somebody was expected in a group session and did not take part."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="missed")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("põhjus"), max_length=12, choices=MissedKind)

    class Meta:
        verbose_name = _("rühmatunnist puudumine")
        verbose_name_plural = _("rühmatundidest puudumised")
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="delivery_missed_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"


class Timed(Correctable):
    """What hour and component records have in common.

    Attributes:
        code: The key under which a file brought it; empty where it was recorded here.
        start: Minutes after midnight; None: not recorded.
        minutes: How long, 1 … 1440.
        worker: Who gave it.
        activity: What was done, by its code or in a word.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField(_("kuu"))
    day = models.DateField(_("päev"))
    start = models.PositiveSmallIntegerField(_("algus"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minuteid"))
    worker = models.ForeignKey(
        "providers.Staff", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    activity = models.CharField(_("tegevus"), max_length=200, blank=True)
    code = models.CharField(_("kood"), max_length=64, blank=True, default="")

    class Meta(Correctable.Meta):
        abstract = True
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=_IN_A_DAY),
                name="%(app_label)s_%(class)s_minutes",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(start__lt=_IN_A_DAY),
                name="%(app_label)s_%(class)s_start",
            ),
            models.UniqueConstraint(
                fields=["provider", "code"],
                condition=~Q(code="") & Q(corrects__isnull=True),
                name="%(app_label)s_%(class)s_code_once",
            ),
        ]


class HourRecord(Timed):
    """Time given under a referral (SHS §§ 90(3), 93(6), 96(6)).

    Attributes:
        is_direct: Given directly, not as travel or paper work.
        goal: The goal of the plan that it serves.
    """

    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    audience = models.CharField(_("kellele"), max_length=12, choices=[(a, a) for a in Audience])
    is_direct = models.BooleanField(_("otsene"), default=True)
    goal = models.ForeignKey(
        "plans.Goal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    class Meta(Timed.Meta):
        verbose_name = _("tunnikirje")
        verbose_name_plural = _("tunnikirjed")
        indexes = [
            models.Index(fields=["provider", "period", "referral"], name="delivery_hours_month")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.minutes}"


class ComponentRecord(Timed):
    """Time given under a component of the component model.

    Attributes:
        participants: How many took part; None: not recorded.
    """

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    session = models.ForeignKey(
        GroupSession,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    funder = models.CharField(_("rahastaja registrikood"), max_length=64)
    component = models.CharField(_("komponent"), max_length=64)
    mode = models.CharField(_("viis"), max_length=12, choices=[(m, m) for m in Mode])
    audience = models.CharField(_("kellele"), max_length=12, choices=[(a, a) for a in Audience])
    participants = models.PositiveSmallIntegerField(_("osalejaid"), null=True, blank=True)
    goal = models.ForeignKey(
        "plans.Goal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    class Meta(Timed.Meta):
        verbose_name = _("komponendi kirje")
        verbose_name_plural = _("komponentide kirjed")
        indexes = [
            models.Index(fields=["provider", "period", "person"], name="delivery_components_month")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.component} {self.minutes}"


class DayRecord(Correctable):
    """One used unit of day and week care (SHS § 99³(4)): a day, or a day and night."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    period = models.PositiveIntegerField(_("kuu"))
    day = models.DateField(_("päev"))
    kind = models.CharField(_("liik"), max_length=8, choices=[(k, k) for k in DayKind])

    class Meta(Correctable.Meta):
        verbose_name = _("kasutatud päev")
        verbose_name_plural = _("kasutatud päevad")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=[str(k) for k in DayKind]), name="delivery_day_kind"
            ),
            models.UniqueConstraint(
                fields=["referral", "day"],
                condition=Q(corrects__isnull=True),
                name="delivery_day_once",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "period", "referral"], name="delivery_days_month")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class EmptyPlace(Correctable):
    """Court places that stood empty, days both included (SHS § 79(1¹))."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("providers.Place", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField(_("alates"))
    last_day = models.DateField(_("kuni"))
    count = models.PositiveSmallIntegerField(_("kohti"))

    class Meta(Correctable.Meta):
        verbose_name = _("tühi koht")
        verbose_name_plural = _("tühjad kohad")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="delivery_empty_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.count}"


class MonthUse(Derived):
    """Minutes of a referral that count in a closed month; made anew when one is corrected.

    So a later month's limits need not read its records again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    period = models.PositiveIntegerField(_("kuu"))
    minutes = models.PositiveIntegerField(_("loetud minuteid"))

    class Meta:
        verbose_name = _("kuu kasutus")
        verbose_name_plural = _("kuude kasutus")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "period", "referral"], name="delivery_month_use_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.period} {self.minutes}"


class Narrative(Correctable):
    """What happened, in words; kept apart from hours and money, with a permission of its own.

    Attributes:
        record_id: The hour or component record that it belongs to, if any.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("päev"))
    record_id = models.UUIDField(_("kirje"), null=True, blank=True)
    text = models.TextField(_("tekst"))

    class Meta(Correctable.Meta):
        verbose_name = _("päeviku märge")
        verbose_name_plural = _("päevik")
        indexes = [
            models.Index(fields=["provider", "person", "day"], name="delivery_narrative_day")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class Incident(Correctable):
    """Something out of the ordinary: what, where, who was told, what was done."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(
        "providers.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    happened_at = models.DateTimeField(_("aeg"))
    kind = models.CharField(_("liik"), max_length=40)
    text = models.TextField(_("mis juhtus"))
    measures = models.TextField(_("mida tehti"), blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("juhtum")
        verbose_name_plural = _("juhtumid")
        indexes = [models.Index(fields=["provider", "person"], name="delivery_incident_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at}"


class Isolation(Correctable):
    """An isolation and its protocol (SHS § 107).

    Attributes:
        ended_at: None: it goes on; the end is a correction of the row.
        situation: What happened before, in detail.
        calming: How it was tried to calm the person; empty: it was not tried.
        is_direct_danger: There was direct danger to life, body or freedom from the person.
        is_excluded_by_doctor: A doctor is known to have excluded isolation for the person.
        reasons: Why isolation was necessary.
        decided_by: Who decided.
        supervised_by: Who watched all the time.
        called: Whether ambulance or police were called, and when.
        harm: Injuries to anybody and damage to rooms.
        representative_told: When and how the legal representative was told.
        explained: When and how its purpose was explained to the person afterwards.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.PROTECT, related_name="isolations"
    )
    started_at = models.DateTimeField(_("algus"))
    ended_at = models.DateTimeField(_("lõpp"), null=True, blank=True)
    situation = models.TextField(_("olukord"))
    calming = models.TextField(_("rahustamine"), blank=True)
    is_direct_danger = models.BooleanField(_("otsene oht"), default=False)
    is_excluded_by_doctor = models.BooleanField(_("arst on välistanud"), default=False)
    reasons = models.TextField(_("põhjused"))
    decided_by = models.ForeignKey("providers.Staff", on_delete=models.PROTECT, related_name="+")
    supervised_by = models.ForeignKey("providers.Staff", on_delete=models.PROTECT, related_name="+")
    called = models.TextField(_("kutsuti kiirabi või politsei"), blank=True)
    harm = models.TextField(_("vigastused ja kahju"), blank=True)
    representative_told = models.TextField(_("esindaja teavitamine"), blank=True)
    explained = models.TextField(_("inimesele selgitamine"), blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("eraldamine")
        verbose_name_plural = _("eraldamised")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")),
                name="delivery_isolation_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.started_at}"
