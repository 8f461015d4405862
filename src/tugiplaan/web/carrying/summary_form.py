"""The form of a summary assessment: goals with their outcome, needs by domain, what next."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.audit.language import language
from tugiplaan.delivery.queries.summing_up import GoalBasis, SummaryBasis
from tugiplaan.people.queries import Person
from tugiplaan.plans.actions import Advice, DomainNeed, GoalOutcome, Outcome, SummaryDraft
from tugiplaan.rules.activities import domains as life_domains
from tugiplaan.web.carrying.forms import text_field
from tugiplaan.web.forms import Form
from tugiplaan.web.telling import minutes

_FREE_ROWS = 3


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal that the form asks about.

    Attributes:
        text: Empty: who writes names the goal.
        domain: 1–7; None: of no plan.
        minutes: Recorded for it; None: not known.
        basis: What there is to judge it by; None: nothing.
    """

    text: str
    domain: int | None = None
    minutes: int | None = None
    basis: GoalBasis | None = None


class GoalFields(NamedTuple):
    """A goal with its fields as the template draws them."""

    line: GoalLine
    domain: str
    goal: Any
    outcome: Any
    why: Any


def lines_of(basis: SummaryBasis) -> list[GoalLine]:
    """Give the goals of the plan, or empty lines where there was no plan."""
    found = [
        GoalLine(one.goal.goal.text, one.goal.goal.domain, one.minutes, one) for one in basis.goals
    ]
    return found or [GoalLine("")] * _FREE_ROWS


def said_of(basis: SummaryBasis, person: Person) -> dict[str, Any]:
    """Give what the draft already says: activities, hours, the last rating of each goal."""
    said: dict[str, Any] = {"took_part": str(person)}
    rows = [f"{text}." if text[-1:] not in ".!?" else text for text in basis.done]
    if basis.minutes:
        rows.append(_("Kirja on pandud {time}.").format(time=minutes(basis.minutes)))
    said["done"] = "\n".join(rows)
    for number, one in enumerate(basis.goals):
        if one.goal.reviews:
            said[f"goal_why_{number}"] = one.goal.reviews[0].text
    return said


class SummaryForm(Form):
    """What a summary assessment says."""

    done = text_field(gettext_lazy("Mida tehti"), rows=5)
    need = text_field(
        gettext_lazy("Toetusvajadus praegu"),
        help_text=gettext_lazy("Kokku: milles saab ise hakkama, milles vajab tuge."),
    )
    own_view = text_field(
        gettext_lazy("Inimese oma arvamus"),
        required=False,
        help_text=gettext_lazy("Tema enda sõnadega."),
    )
    advice = forms.ChoiceField(
        label=gettext_lazy("Mida soovitate"),
        choices=Advice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vali, kas teenust jätkata, muuta või lõpetada.")},
    )
    recommendation = text_field(gettext_lazy("Miks ja kuidas edasi"))
    took_part = text_field(
        gettext_lazy("Kes hinnangu koos tegid"),
        rows=2,
        help_text=gettext_lazy("Inimene, esindaja, lähedased, töötajad."),
    )

    def __init__(
        self, *args: Any, lines: list[GoalLine], asks_why: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for number, line in enumerate(lines):
            if not line.text:
                self.fields[f"goal_{number}"] = forms.CharField(
                    label=_("Eesmärk"), max_length=500, required=False
                )
            self.fields[f"outcome_{number}"] = forms.ChoiceField(
                label=_("Kas eesmärk täitus"),
                choices=[("", _("– vali –")), *Outcome.choices],
                required=bool(line.text),
                error_messages={"required": _("Vali, kas eesmärk täitus.")},
            )
            self.fields[f"goal_why_{number}"] = text_field(
                _("Miks nii läks"),
                rows=2,
                required=False,
                help_text=_("Vajalik, kui eesmärk jäi täitmata või täitus osaliselt."),
            )
        for number, name in life_domains(language()).items():
            self.fields[f"need_{number}"] = text_field(
                name[:1].upper() + name[1:], rows=1, required=False
            )
        if asks_why:
            self.fields["why"] = text_field(_("Miks muudad?"), rows=2)

    @property
    def goal_fields(self) -> list[GoalFields]:
        """Give each goal with its fields."""
        names = life_domains(language())
        return [
            GoalFields(
                line,
                names.get(line.domain or 0, ""),
                self[f"goal_{number}"] if not line.text else None,
                self[f"outcome_{number}"],
                self[f"goal_why_{number}"],
            )
            for number, line in enumerate(self.lines)
        ]

    @property
    def need_fields(self) -> list[Any]:
        """Give the fields of the life domains."""
        return [self[f"need_{number}"] for number in life_domains(language())]

    @property
    def rest(self) -> list[Any]:
        """Give what stands below the domains."""
        names = ["own_view", "advice", "recommendation", "took_part"]
        return [self[name] for name in (*names, "why") if name in self.fields]

    @property
    def draft(self) -> SummaryDraft:
        """Give what was sent, once it is valid."""
        found = self.cleaned_data
        return SummaryDraft(
            goals=[one for one in map(self._goal, range(len(self.lines))) if one],
            done=found["done"],
            need=found["need"],
            recommendation=found["recommendation"],
            own_view=found["own_view"],
            needs=[
                DomainNeed(number, found[f"need_{number}"])
                for number in life_domains(language())
                if found[f"need_{number}"].strip()
            ],
            advice=Advice(found["advice"]),
            took_part=found["took_part"],
        )

    def _goal(self, number: int) -> GoalOutcome | None:
        line, found = self.lines[number], self.cleaned_data
        text = line.text or found[f"goal_{number}"]
        outcome = found[f"outcome_{number}"]
        if not text:
            return None
        return GoalOutcome(
            goal=text,
            outcome=Outcome(outcome) if outcome else None,
            why=found[f"goal_why_{number}"],
            domain=line.domain,
            minutes=line.minutes,
        )
