"""The tables of plans: versions, goals, activities, component packages, reviews, summaries."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Correctable, Lasting
from tugiplaan.rules.vocabulary import Audience, Mode

_DATES = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class Plan(Lasting):
    """A version of an activity plan under a referral (SHS § 85). A change is a new version.

    Attributes:
        number: 1, 2, …; the latest agreed one counts.
        valid_from: From when on this version holds.
        valid_to: Last day; the end of the referral unless it is replaced earlier.
        ability: What the person can do, alone and with help.
        plain: The plan in plain language, for the person.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveSmallIntegerField(_("versioon"))
    made_on = models.DateField(_("koostatud"))
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)
    ability = models.TextField(_("võimed"), blank=True)
    recovery_stage = models.CharField(_("taastumisaste"), max_length=100, blank=True)
    wishes = models.TextField(_("soovid ja huvid"), blank=True)
    plain = models.TextField(_("lihtsas keeles"), blank=True)

    class Meta:
        verbose_name = _("tegevusplaan")
        verbose_name_plural = _("tegevusplaanid")
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="plans_plan_version_once"),
            models.UniqueConstraint(
                fields=["person", "number"],
                condition=Q(referral__isnull=True),
                name="plans_plan_without_referral_version_once",
            ),
            models.CheckConstraint(condition=_DATES, name="plans_plan_dates"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plans_plan_number"),
        ]
        indexes = [models.Index(fields=["provider", "person"], name="plans_plan_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.number}"


class Party(models.TextChoices):
    """Who agrees to a plan or refuses it."""

    PERSON = "person", _("inimene")
    REPRESENTATIVE = "representative", _("esindaja")
    NETWORK = "network", _("võrgustik")
    PROVIDER = "provider", _("teenuseosutaja")


class Origin(models.TextChoices):
    """From where a goal comes (SHS § 85(1))."""

    REFERRAL = "referral", _("suunamisotsus")
    ASSESSMENT = "assessment", _("hinnatud vajadus")
    WISH = "wish", _("inimese soov")


class PlanAnswer(Lasting):
    """What one party said to a version of a plan; of each party the latest counts.

    Attributes:
        name: Who it was, where the party alone does not tell.
        day: When it was said, not when it was written down.
        why: Of a refusal why; of a network member also what was said.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="answers")
    party = models.CharField(_("kes"), max_length=40, choices=Party)
    name = models.CharField(_("nimi"), max_length=200, blank=True)
    is_agreed = models.BooleanField(_("nõus"))
    day = models.DateField(_("päev"))
    why = models.TextField(_("põhjus"), blank=True)

    class Meta:
        verbose_name = _("vastus tegevusplaanile")
        verbose_name_plural = _("vastused tegevusplaanidele")
        indexes = [models.Index(fields=["plan"], name="plans_answer_of_plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_agreed=True) | ~Q(why=""), name="plans_answer_refusal_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.party}"


class PlanState(Lasting):
    """What became of a plan; the latest counts.

    Attributes:
        party: Who agreed or refused: person, representative, network, provider; empty otherwise.
    """

    class State(models.TextChoices):
        """What became of a plan."""

        DRAFTED = "drafted", _("koostatud")
        AGREED = "agreed", _("kokku lepitud")
        REFUSED = "refused", _("keeldutud")
        CLOSED = "closed", _("lõpetatud")

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(_("seis"), max_length=12, choices=State)
    day = models.DateField(_("päev"))
    party = models.CharField(_("kes"), max_length=40, blank=True)
    why = models.TextField(_("põhjus"), blank=True)

    class Meta:
        verbose_name = _("tegevusplaani seis")
        verbose_name_plural = _("tegevusplaanide seisud")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "refused"]) | ~Q(party=""),
                name="plans_state_agreement_has_party",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.state}"


class Goal(Lasting):
    """A goal of a plan in a life domain (SHS § 85(1)).

    Attributes:
        domain: One of the seven life domains, 1–7.
        origin: From where it comes.
        plain: The goal in plain language, for the person.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    number = models.PositiveSmallIntegerField(_("number"))
    domain = models.PositiveSmallIntegerField(_("eluvaldkond"))
    text = models.TextField(_("eesmärk"))
    plain = models.TextField(_("lihtsas keeles"), blank=True)
    origin = models.CharField(_("lähtub"), max_length=40, blank=True)
    due_on = models.DateField(_("tähtaeg"), null=True, blank=True)

    class Meta:
        verbose_name = _("eesmärk")
        verbose_name_plural = _("eesmärgid")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_goal_number_once"),
            models.CheckConstraint(
                condition=Q(domain__gte=1, domain__lte=7), name="plans_goal_domain"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="plans_goal_text"),
        ]

    def __str__(self) -> str:
        return self.text


class Activity(Lasting):
    """What is done for a goal: how often, by whom, how many hours (SHS § 85(2)).

    Attributes:
        kind: Which statutory activity of the service it is (`rules.activities`).
        schedule: The timetable: days and hours.
        frequency: How often, where the timetable does not say.
        planned_minutes: A month.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(_("tegevuse liik"), max_length=40, blank=True)
    text = models.TextField(_("tegevus"))
    schedule = models.CharField(_("ajakava"), max_length=200, blank=True)
    frequency = models.CharField(_("sagedus"), max_length=100, blank=True)
    responsible = models.ForeignKey(
        "providers.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    planned_minutes = models.PositiveIntegerField(_("minuteid kuus"), null=True, blank=True)

    class Meta:
        verbose_name = _("tegevus")
        verbose_name_plural = _("tegevused")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="plans_activity_text")]

    def __str__(self) -> str:
        return self.text


class PackageLine(Lasting):
    """Planned hours of one component in a package of component services.

    Attributes:
        planned_minutes: A month.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="package")
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    funder = models.CharField(_("rahastaja registrikood"), max_length=64)
    component = models.CharField(_("komponent"), max_length=64)
    mode = models.CharField(_("viis"), max_length=12, choices=[(m, m) for m in Mode])
    audience = models.CharField(_("kellele"), max_length=12, choices=[(a, a) for a in Audience])
    planned_minutes = models.PositiveIntegerField(_("minuteid kuus"))
    valid_from = models.DateField(_("alates"))
    valid_to = models.DateField(_("kuni"), null=True, blank=True)

    class Meta:
        verbose_name = _("paketi rida")
        verbose_name_plural = _("paketi read")
        constraints = [
            models.CheckConstraint(condition=_DATES, name="plans_package_dates"),
            models.CheckConstraint(
                condition=Q(planned_minutes__gte=1), name="plans_package_minutes"
            ),
            models.UniqueConstraint(
                fields=["plan", "funder", "component", "mode", "audience", "valid_from"],
                name="plans_package_line_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component} {self.planned_minutes}"


class ReviewKind(models.TextChoices):
    """What a review is (SHS § 85(2)–(3))."""

    QUARTERLY = "quarterly", _("kvartali hinnang")
    YEARLY = "yearly", _("aasta kirjalik hinnang")


class Outcome(models.TextChoices):
    """Whether a goal was met."""

    MET = "met", _("täidetud")
    PARTLY = "partly", _("osaliselt täidetud")
    NOT_MET = "not_met", _("täitmata")


class Review(Correctable):
    """The provider's rating of how a plan was carried out.

    Attributes:
        outcome: How far a goal was met in that time; empty: not said.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    kind = models.CharField(_("liik"), max_length=12, choices=ReviewKind)
    period_from = models.DateField(_("alates"))
    period_to = models.DateField(_("kuni"))
    written_on = models.DateField(_("kirjutatud"))
    outcome = models.CharField(_("täitmine"), max_length=12, choices=Outcome, blank=True)
    text = models.TextField(_("hinnang"))

    class Meta(Correctable.Meta):
        verbose_name = _("plaani hinnang")
        verbose_name_plural = _("plaanide hinnangud")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="plans_review_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind}"


class Advice(models.TextChoices):
    """What a summary assessment recommends."""

    CONTINUE = "continue", _("jätkata")
    CHANGE = "change", _("muuta")
    END = "end", _("lõpetada")


class Summary(Correctable):
    """The summary assessment before the end of a referral (SHS § 83(1) p 11, 11¹) or of a plan.

    Attributes:
        referral: None: of component services, which have a plan without one.
        plan: The version that it sums up; None: the referral had no plan.
        goals: For each goal its outcome and why.
        needs: The support need at the end by life domain: the number and a text.
        advice: What is recommended; `recommendation` says why.
        took_part: Who made it together with the person.
        approved_on: When it was approved; only then does it count.
        sent_on: When it went to the authority.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="summaries",
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="summaries"
    )
    written_on = models.DateField(_("kirjutatud"))
    written_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("kirjutas")
    )
    goals = models.JSONField(_("eesmärkide täitmine"), default=list)
    done = models.TextField(_("tehtud tegevused"), blank=True)
    need = models.TextField(_("toetusvajadus lõpus"), blank=True)
    needs = models.JSONField(_("toetusvajadus valdkonniti"), default=list)
    own_view = models.TextField(_("inimese oma arvamus"), blank=True)
    advice = models.CharField(_("ettepanek"), max_length=12, choices=Advice, blank=True)
    recommendation = models.TextField(_("soovitus"), blank=True)
    took_part = models.TextField(_("kes osalesid"), blank=True)
    approved_on = models.DateField(_("kinnitatud"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_on = models.DateField(_("saadetud"), null=True, blank=True)

    class Meta(Correctable.Meta):
        verbose_name = _("kokkuvõttev hinnang")
        verbose_name_plural = _("kokkuvõtvad hinnangud")
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True, approved_by__isnull=True)
                | Q(approved_on__isnull=False, approved_by__isnull=False),
                name="plans_summary_approval_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(approved_on__gte=F("written_on")),
                name="plans_summary_approval_after",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(corrects__isnull=True),
                name="plans_summary_begins_once",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(corrects__isnull=True, referral__isnull=True),
                name="plans_summary_of_plan_begins_once",
            ),
            models.CheckConstraint(
                condition=Q(referral__isnull=False) | Q(plan__isnull=False),
                name="plans_summary_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.written_on}"
