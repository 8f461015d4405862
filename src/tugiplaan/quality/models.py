"""The tables of quality: rounds, teams, scores, evidence; improvements; complaints."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.rows import Lasting, Row


class CriteriaPack(Lasting):
    """The texts of criteria that an organisation brought; a changed text is a new version.

    Attributes:
        licence: By what right they are used; not empty.
        content: Rows of `number` and `text`.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("kood"), max_length=64)
    version = models.CharField(_("versioon"), max_length=40)
    title = models.CharField(_("nimetus"), max_length=200)
    licence = models.CharField(_("litsents"), max_length=300)
    content = models.JSONField(_("sisu"))

    class Meta:
        verbose_name = _("kriteeriumide fail")
        verbose_name_plural = _("kriteeriumide failid")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code", "version"], name="quality_pack_once"
            ),
            models.CheckConstraint(condition=~Q(licence=""), name="quality_pack_licence"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Round(Lasting):
    """An assessment of a place, or of the whole organisation, over a period.

    Attributes:
        place: None: the whole organisation.
        pack: The criteria that it goes by; None: standards are scored directly.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(
        "providers.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_day = models.DateField(_("algus"))
    last_day = models.DateField(_("lõpp"))
    pack = models.ForeignKey(
        CriteriaPack, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds"
    )

    class Meta:
        verbose_name = _("kvaliteedi hindamine")
        verbose_name_plural = _("kvaliteedi hindamised")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="quality_round_days"
            ),
        ]
        indexes = [models.Index(fields=["provider", "first_day"], name="quality_round_of")]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class Closing(Lasting):
    """The end of a round: from then on nothing of it changes."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="closing")
    day = models.DateField(_("lõpetatud"))
    conclusion = models.TextField(_("kokkuvõte"))

    class Meta:
        verbose_name = _("hindamise lõpetamine")
        verbose_name_plural = _("hindamiste lõpetamised")

    def __str__(self) -> str:
        return f"{self.round_id} {self.day}"


class Perspective(models.TextChoices):
    """Whose eyes an assessor looks with."""

    USER = "user", _("teenuse saaja")
    FAMILY = "family", _("lähedane")
    STAFF = "staff", _("töötaja")
    OUTSIDE = "outside", _("väline hindaja")


class Assessor(Row):
    """Somebody of the team of a round.

    Attributes:
        user: By whom they log in, if they do.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="team")
    name = models.CharField(_("nimi"), max_length=200)
    perspective = models.CharField(_("vaade"), max_length=12, choices=Perspective)
    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("hindaja")
        verbose_name_plural = _("hindajad")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="quality_assessor_named"),
            models.UniqueConstraint(fields=["round", "name"], name="quality_assessor_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Level(models.TextChoices):
    """How far something is; nothing is added up or averaged."""

    FULL = "AF", _("saavutatud täielikult")
    PART = "AP", _("saavutatud osaliselt")
    BEGUN = "AI", _("algust on tehtud")
    NOT = "NI", _("algust ei ole tehtud")
    NONE = "NA", _("ei kohaldu")


class Score(Lasting):
    """What the team found of a criterion, standard or theme; the latest row of a number counts.

    Attributes:
        number: x of a theme, x.y of a standard, x.y.z of a criterion.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="scores")
    number = models.CharField(_("number"), max_length=12)
    level = models.CharField(_("tase"), max_length=2, choices=Level)
    note = models.TextField(_("märkus"), blank=True)

    class Meta:
        verbose_name = _("hinnang")
        verbose_name_plural = _("hinnangud")
        indexes = [models.Index(fields=["round", "number"], name="quality_score_of")]

    def __str__(self) -> str:
        return f"{self.number} {self.level}"


class Evidence(Lasting):
    """How many live records of a kind there were in the period of a round when it was closed."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("liik"), max_length=20)
    count = models.PositiveIntegerField(_("arv"))

    class Meta:
        verbose_name = _("tõend")
        verbose_name_plural = _("tõendid")
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="quality_evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"


class Improvement(Row):
    """Something that is to be better: who sees to it, and by when.

    Attributes:
        round: The assessment that it came from; None: none.
        number: The standard that it is about; empty: none.
        ended_on: None: it goes on.
        outcome: What came of it, or why it was given up.
    """

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("pooleli")
        DONE = "done", _("tehtud")
        GIVEN_UP = "given_up", _("loobutud")

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="improvements"
    )
    number = models.CharField(_("standard"), max_length=12, blank=True)
    what = models.TextField(_("mida teeme"))
    owner = models.CharField(_("kes vastutab"), max_length=200)
    due_on = models.DateField(_("tähtaeg"))
    state = models.CharField(_("seis"), max_length=12, choices=State, default=State.OPEN)
    ended_on = models.DateField(_("lõpetatud"), null=True, blank=True)
    outcome = models.TextField(_("mis sellest sai"), blank=True)

    class Meta:
        verbose_name = _("parendus")
        verbose_name_plural = _("parendused")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_on__isnull=True)
                | (~Q(state="open") & Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="quality_improvement_end",
            ),
        ]
        indexes = [models.Index(fields=["provider", "state", "due_on"], name="quality_improving")]

    def __str__(self) -> str:
        return self.what[:80]


class ComplaintTerm(Lasting):
    """In how many days the house answers complaints; the latest row counts. No law says so."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField(_("päevi"))

    class Meta:
        verbose_name = _("kaebusele vastamise aeg")
        verbose_name_plural = _("kaebustele vastamise ajad")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=365), name="quality_complaint_term"
            ),
        ]

    def __str__(self) -> str:
        return str(self.days)


class Complaint(Row):
    """A complaint as it came, and what became of it.

    Attributes:
        place: None: it is about no single place.
        complainant: From whom; empty: nameless.
        answer_by: By when the house means to answer.
        answered_on: None: not answered yet.
        outcome: Whether it was right; empty: not answered yet.
    """

    class Outcome(models.TextChoices):
        """Whether the complaint was right."""

        JUSTIFIED = "justified", _("põhjendatud")
        PARTLY = "partly", _("osaliselt põhjendatud")
        NOT = "not", _("ei olnud põhjendatud")
        WITHDRAWN = "withdrawn", _("võeti tagasi")

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(
        "providers.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_on = models.DateField(_("saadud"))
    complainant = models.CharField(_("kellelt"), max_length=200, blank=True)
    about = models.TextField(_("mille kohta"))
    answer_by = models.DateField(_("vastata hiljemalt"))
    answered_on = models.DateField(_("vastatud"), null=True, blank=True)
    answer = models.TextField(_("vastus"), blank=True)
    outcome = models.CharField(_("tulemus"), max_length=12, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("kaebus")
        verbose_name_plural = _("kaebused")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="", outcome="")
                | (Q(answered_on__isnull=False) & ~Q(answer="") & ~Q(outcome="")),
                name="quality_complaint_answer",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("received_on")), name="quality_complaint_days"
            ),
        ]
        indexes = [models.Index(fields=["provider", "received_on"], name="quality_complaint_of")]

    def __str__(self) -> str:
        return f"{self.received_on} {self.about[:60]}"
