"""Where a month stands, and the one next step."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tugiplaan.billing.facts import month_of
from tugiplaan.billing.review import MOST_CHANGES, Statement
from tugiplaan.providers.books import State
from tugiplaan.web import telling

PREPARED = "prepared"
STEPS: tuple[tuple[str, Promise], ...] = (
    (State.OPEN, gettext_lazy("Avatud")),
    (PREPARED, gettext_lazy("Eelvaade koostatud")),
    (State.CLOSED, gettext_lazy("Suletud")),
    (State.ISSUED, gettext_lazy("Arveldatud")),
)
_NAMES: dict[str, Promise] = dict(STEPS)
_LOOKS = {State.OPEN: "", PREPARED: "look", State.CLOSED: "look", State.ISSUED: "good"}
_ICONS = {
    State.OPEN: "door-open",
    PREPARED: "eye",
    State.CLOSED: "lock",
    State.ISSUED: "circle-check",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a month stands.

    Attributes:
        code: `open`, `prepared`, `closed` or `issued`.
        name: In a word.
    """

    code: str

    @property
    def name(self) -> Promise:
        return _NAMES[self.code]

    @property
    def look(self) -> str:
        return _LOOKS[self.code]

    @property
    def icon(self) -> str:
        return _ICONS[self.code]

    @property
    def is_open(self) -> bool:
        return self.code in {State.OPEN, PREPARED}

    @property
    def steps(self) -> list[tuple[Promise, bool, bool]]:
        """All steps: name, whether it is reached, whether it is the one where the month stands."""
        at = [code for code, _name in STEPS].index(self.code)
        return [(name, number <= at, number == at) for number, (_code, name) in enumerate(STEPS)]


def standing_of(state: str, statement: Statement | None) -> Standing:
    """Say where a month stands."""
    if state in {State.CLOSED, State.ISSUED}:
        return Standing(state)
    return Standing(PREPARED if statement is not None else State.OPEN)


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one next step of a month.

    Attributes:
        text: Why this is next, in a sentence.
        url_name: The page or the action; empty: nothing to do.
        action: What the button says.
        is_post: The button does it at once.
        permission: Who may do it.
        can_close: The month may be closed as well: closing itself sees whether the sum changed.
    """

    text: str
    url_name: str = ""
    action: str = ""
    is_post: bool = False
    permission: str = "billing.prepare"
    can_close: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What the next step depends on.

    Attributes:
        changes: How many changes came after the draft.
        has_rates: The prices of the month are known; without any nothing can be settled.
        due: How many lines wait to be issued.
        held: How many lines wait for a summary assessment.
    """

    period: int
    standing: Standing
    statement: Statement | None
    changes: int = 0
    has_rates: bool = True
    due: int = 0
    held: int = 0


def next_step(found: Situation, today: date) -> NextStep:
    """Say what is next for a month.

    Args:
        found: Where it stands.
        today: Today.
    """
    month = month_of(found.period)
    if month.first > today:
        return NextStep(_("See kuu ei ole veel alanud."))
    if found.standing.code == State.CLOSED:
        text = _("Kuu on suletud: andmed ei muutu. Nüüd saab arved väljastada.")
        return NextStep(
            text, "issue_month", _("Vaata arved üle ja väljasta"), False, "billing.issue"
        )
    if found.standing.code == State.ISSUED:
        return _after_issue(found)
    if found.statement is None:
        text = _("Koosta eelvaade: see näitab, mis läheb arvele ja mis mitte. Midagi ei lukustata.")
        return NextStep(text, "prepare_month", _("Koosta eelvaade"), True)
    if not found.has_rates:
        text = _("Seda kuud ei saa arvestada: puuduvad kinnitatud allikaga määrad. Lisa need enne.")
        return NextStep(text, "prepare_month", _("Koosta uuesti"), True)
    if found.changes:
        again = _changed(found.changes), "prepare_month", _("Koosta uuesti"), True
        return NextStep(*again, can_close=month.last < today)
    if month.last >= today:
        text = _("Kuu ei ole veel läbi; sulgeda saab pärast {day}.")
        text = text.format(day=telling.day(month.last))
        return NextStep(text, "prepare_month", _("Koosta uuesti"), True)
    text = _("Vaata read üle. Kui kõik on õige, sulge kuu.")
    return NextStep(text, "close_month", _("Sulge kuu"), False, "billing.close")


def _changed(changes: int) -> str:
    if changes >= MOST_CHANGES:
        return _("Pärast eelvaadet on tehtud üle {n} muudatuse: koosta uuesti.").format(n=changes)
    return ngettext(
        "{n} muudatus pärast eelvaadet: koosta uuesti, siis läheb see arvesse.",
        "{n} muudatust pärast eelvaadet: koosta uuesti, siis lähevad need arvesse.",
        changes,
    ).format(n=changes)


def _after_issue(found: Situation) -> NextStep:
    if found.due:
        text = ngettext(
            "{n} rida ei ole veel arvel.", "{n} rida ei ole veel arvel.", found.due
        ).format(n=found.due)
        return NextStep(text, "issue_month", _("Väljasta ka need"), False, "billing.issue")
    if found.held:
        text = ngettext(
            "Arved on väljastatud. {n} rida ootab kokkuvõtvat hinnangut.",
            "Arved on väljastatud. {n} rida ootab kokkuvõtvat hinnangut.",
            found.held,
        )
        return NextStep(text.format(n=found.held))
    return NextStep(_("Kõik on tehtud: arved on väljastatud."))
