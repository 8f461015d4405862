"""What the checks of a decision found, one line for each, before anything is kept."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tugiplaan.referrals.actions import Tried
from tugiplaan.referrals.cautions import CautionCode


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


def checks(tried: Tried) -> list[Checked]:
    """Give the checks of a decision that may be kept; none where it is refused."""
    if tried.recorded is None:
        return []
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
        if code is CautionCode.CAPACITY and not has_place:
            texts = (_("Koht on valimata: vaba kohta me ei kontrollinud."),)
        look, icon = ("look", "triangle-alert") if texts else ("good", "circle-check")
        found.append(Checked(name, look, icon, texts))
    return found


def seen(tried: Tried) -> str:
    """Write down what is unusual, for the form that is sent next."""
    recorded = tried.recorded
    return " ".join(sorted({one.code for one in recorded.cautions})) if recorded else ""
