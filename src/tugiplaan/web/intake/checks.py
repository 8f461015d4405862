"""What the checks of a decision found, one line for each, before anything is kept."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.referrals.actions import Tried
from tugiplaan.referrals.cautions import CautionCode
from tugiplaan.referrals.contents import wanting_of
from tugiplaan.rules.facts.decision import DecisionPart, Wanting
from tugiplaan.rules.vocabulary import label


@dataclass(frozen=True, slots=True)
class Checked:
    """One check in words.

    Attributes:
        name: What was checked.
        look: How its chip looks.
        texts: What is unusual; empty: nothing is.
    """

    name: str
    look: str
    icon: str
    texts: tuple[str, ...]


_SAID_BY_CAUTION = (DecisionPart.PURPOSE, DecisionPart.VOLUME)


def checks(tried: Tried, day: date) -> list[Checked]:
    """Give the checks of a decision that may be kept; none where it is refused."""
    if tried.recorded is None:
        return []
    unasked = {*_SAID_BY_CAUTION}
    if tried.intake.newcomer is not None:
        # The form of a newcomer asks for no contacts: they are told of once the person is here.
        unasked.add(DecisionPart.PERSON_CONTACTS)
    wanting = [one for one in wanting_of(tried.recorded.row, day) if one.part not in unasked]
    said: dict[CautionCode, list[str]] = {}
    for one in tried.recorded.cautions:
        said.setdefault(one.code, []).append(one.text)
    has_place = tried.intake.decision.place_id is not None
    names = [
        (_("Otsuse andmed"), CautionCode.INCOMPLETE),
        (_("Tähtaeg"), CautionCode.TERM),
        (_("Sobivus teiste teenustega"), CautionCode.CONFLICT),
        (_("Luba ja vaba koht"), CautionCode.CAPACITY),
    ]
    found = [Checked(_("Vanus"), "good", "circle-check", ())]
    for name, code in names:
        texts = tuple(said.get(code, ()))
        if code is CautionCode.INCOMPLETE:
            texts += tuple(told_wanting(one) for one in wanting)
        if code is CautionCode.CAPACITY and not has_place:
            texts = (_("Koht on valimata: vaba kohta me ei kontrollinud."),)
        look, icon = ("look", "triangle-alert") if texts else ("good", "circle-check")
        found.append(Checked(name, look, icon, texts))
    return found


def told_wanting(one: Wanting) -> str:
    """Say what a decision does not hold, with the section that asks for it."""
    return _("Suunamisotsuse juures ei ole kirjas: {part} ({section}).").format(
        part=label(one.part, language()), section=one.section
    )


def seen(tried: Tried) -> str:
    """Write down what is unusual, for the form that is sent next."""
    recorded = tried.recorded
    return " ".join(sorted({one.code for one in recorded.cautions})) if recorded else ""
