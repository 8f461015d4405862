"""What is due and what does not hang together, as sentences with the step that settles it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.audit.language import language
from tugiplaan.deadlines.queries import Action, Hint, HintCode, Task, TaskKind, Urgency
from tugiplaan.rules.deadlines import DeadlineCode
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.vocabulary import label
from tugiplaan.web.people.labels import service_name
from tugiplaan.web.telling import day, days_left, minutes, money, month, number

type Numbers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A task as a row of a page.

    Attributes:
        sentence: What is due.
        short: What is due, in a few words.
        when: How far its day is, as people say it.
        look: Class of the chip: `stop` is late, `look` is near; empty: there is time.
        picture: Icon of the chip.
        steps: How the day was counted.
        button: What settles it, in a word or two; empty: nothing to press for who looks.
        url: Where the button leads.
    """

    task: Task
    sentence: str
    short: str
    when: str
    look: str
    picture: str
    steps: tuple[str, ...]
    button: str
    url: str


_LOOKS = {
    Urgency.OVERDUE: ("stop", "circle-alert"),
    Urgency.TODAY: ("look", "triangle-alert"),
    Urgency.THIS_WEEK: ("look", "clock"),
    Urgency.LATER: ("", "calendar"),
}


def told(task: Task, provider_id: UUID, today: date, *, with_button: bool = True) -> Told:
    """Tell one task.

    Args:
        task: What is due.
        provider_id: At which provider.
        today: The day from which one looks.
        with_button: Whether the button may stand in the row.
    """
    look, picture = _LOOKS[task.urgency]
    button, url = _step(task, provider_id) if with_button and task.may_act else ("", "")
    return Told(
        task=task,
        sentence=sentence_of(task),
        short=short_of(task.kind),
        when=days_left(task.due_on, today),
        look=look,
        picture=picture,
        steps=tuple(tell_step(step, language()) for step in task.explanation),
        button=button if url else "",
        url=url,
    )


def sentence_of(task: Task) -> str:
    """Say what is due, without the name of whom it is about."""
    numbers = dict(task.numbers)
    return _SENTENCES[task.kind](numbers).format(**{k: _shown(k, v) for k, v in numbers.items()})


def short_of(kind: TaskKind) -> str:
    """Name what is due in a few words."""
    if kind.value in DeadlineCode:
        return label(DeadlineCode(kind.value), language())
    return _own()[kind]


def name_outside(kind: TaskKind | None) -> str:
    """Name what is due where a stranger may read it; None: of a kind that is not named there."""
    return _("muu töö") if kind is None else short_of(kind)


def _own() -> dict[TaskKind, str]:
    """Name what the house looks at beside the deadlines of the law."""
    return {
        TaskKind.START_OPEN: _("alguse kokkuleppimine"),
        TaskKind.PLAN_AGREEMENT: _("nõusolek plaaniga"),
        TaskKind.PLAN_OVER: _("plaani lõpp"),
        TaskKind.GOAL: _("eesmärgi tähtaeg"),
        TaskKind.ASSIGNMENT: _("ülesanne"),
        TaskKind.ISOLATION_GOES_ON: _("eraldamine kestab"),
        TaskKind.ISOLATION_PAPERS: _("eraldamise protokoll"),
        TaskKind.REFERRAL_END: _("suunamise lõpp"),
        TaskKind.CONSENT_END: _("nõusoleku lõpp"),
        TaskKind.CONTRIBUTION_REFUSAL: _("otsus omaosaluse võla pärast"),
        TaskKind.TRAINING: _("koolitus"),
        TaskKind.TRAINING_MISSING: _("sissejuhatav koolitus"),
        TaskKind.QUALIFICATION_END: _("kvalifikatsiooni lõpp"),
        TaskKind.LICENCE_END: _("tegevusloa lõpp"),
        TaskKind.IMPROVEMENT: _("parendus"),
    }


def _shown(name: str, value: Any) -> str:
    if name == "month":
        return month(int(value))
    if name == "service":
        return service_name(str(value))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal) or name == "sum":
        return money(value)
    if isinstance(value, int):
        return str(value) if name == "year" else number(value)
    return str(value)


_SENTENCES: dict[TaskKind, Callable[[Numbers], str]] = {
    TaskKind.PLACE_OFFER: lambda _n: _(
        "Koht „{place}“ ({service}) on pakutud {counted_from}: kirjuta vastus üles."
    ),
    TaskKind.START_OPEN: lambda _n: _(
        "Otsus kehtib alates {valid_from} ({service}), algust ei ole kokku lepitud: paku kohta "
        "või lepi algus kokku."
    ),
    TaskKind.ASSIGNMENT: lambda _n: _("Ülesanne „{text}“, vastutab {owner}."),
    TaskKind.IMPROVEMENT: lambda _n: _("Parendus „{what}“."),
    TaskKind.TURN_UP: lambda _n: _(
        "Inimene peab kohale tulema; kokku lepitud algus oli {counted_from}."
    ),
    TaskKind.NO_SHOW: lambda _n: _("Inimene ei tulnud kohale: teata Sotsiaalkindlustusametile."),
    TaskKind.ACTIVITY_PLAN: lambda n: (
        _("Tegevusplaani versioon {version} ootab nõusolekut; plaan peab olema valmis.")
        if "version" in n
        else _("Tegevusplaan tuleb koostada; teenus algas {counted_from}.")
    ),
    TaskKind.PLAN_AGREEMENT: lambda _n: _("Tegevusplaani versioon {version} ootab nõusolekut."),
    TaskKind.PLAN_OVER: lambda _n: _("Tegevusplaan kehtib kuni {valid_to}, teenus kestab edasi."),
    TaskKind.GOAL: lambda _n: _("Eesmärgi tähtaeg: „{goal}“. Kirjuta, kuidas läks."),
    TaskKind.QUARTERLY_RATING: lambda _n: _("Kvartali hinnang ajale {first_day}–{last_day}."),
    TaskKind.YEARLY_ASSESSMENT: lambda _n: _(
        "Aasta kirjalik hinnang ajale {first_day}–{last_day}."
    ),
    TaskKind.JOB_FOUND: lambda _n: _(
        "Kontrolli, kas inimene leidis töö: siis tuleb sellest teatada."
    ),
    TaskKind.HOSPITAL_CONFIRMATION: lambda _n: _(
        "Haigla kinnitus puudub ajast {first_day}–{last_day}."
    ),
    TaskKind.ISOLATION_GOES_ON: lambda _n: _("Eraldamine kestab; algus {started_on}."),
    TaskKind.ISOLATION_PAPERS: lambda n: ngettext(
        "Eraldamise ({started_on}) protokollis on {count} puudus.",
        "Eraldamise ({started_on}) protokollis on {count} puudust.",
        int(n["count"]),
    ),
    TaskKind.WISH_TO_END: lambda _n: _("Inimene soovis lõpetada: teata Sotsiaalkindlustusametile."),
    TaskKind.NON_USE: lambda _n: _(
        "Teenust ei ole järjest liiga kaua kasutatud: teata Sotsiaalkindlustusametile."
    ),
    TaskKind.NON_USE_IN_YEAR: lambda _n: _(
        "Teenust ei ole aasta jooksul liiga kaua kasutatud: teata Sotsiaalkindlustusametile."
    ),
    TaskKind.DEATH: lambda _n: _("Inimene suri: teata Sotsiaalkindlustusametile."),
    TaskKind.END_NOTICE: lambda _n: _(
        "Teata suunamise lõpust: {service}, viimane päev {valid_to}."
    ),
    TaskKind.SUMMARY_ASSESSMENT: lambda _n: _(
        "Kokkuvõttev hinnang enne suunamise lõppu {valid_to}."
    ),
    TaskKind.EARLY_SUMMARY: lambda _n: _("Kokkuvõttev hinnang: teenus lõppes enne tähtaega."),
    TaskKind.HANDOVER: lambda _n: _(
        "Inimene kolib {counted_from}: anna andmed üle uuele teenuseosutajale {to_provider}."
    ),
    TaskKind.REFERRAL_END: lambda _n: _("Suunamine lõpeb: {service}, viimane päev {valid_to}."),
    TaskKind.CONSENT_END: lambda _n: _("Nõusolek „{purpose}“ kehtib kuni {valid_to}."),
    TaskKind.CONTRIBUTION_DEBT: lambda _n: _("Omaosalus on maksmata: {sum}."),
    TaskKind.CONTRIBUTION_REFUSAL: lambda _n: _(
        "Omaosalus on maksmata {unpaid} kuu eest ({sum}): otsusta, kas teenus jätkub."
    ),
    TaskKind.TRAINING: lambda _n: _("Koolitus on lõpetamata: puudu {missing} tundi."),
    TaskKind.TRAINING_MISSING: lambda _n: _("Sissejuhatav koolitus on läbimata: {service}."),
    TaskKind.QUALIFICATION_END: lambda _n: _(
        "Kvalifikatsioon „{qualification}“ kehtib kuni {valid_to}."
    ),
    TaskKind.LICENCE_END: lambda _n: _("Tegevusluba {licence} ({service}) kehtib kuni {valid_to}."),
    TaskKind.COMPONENT_REPORT: lambda _n: _("Komponentteenuste kuu {month} on sulgemata."),
    TaskKind.STATISTICS: lambda _n: _("Aasta {year} statistiline aruanne."),
}


def _steps() -> dict[Action, tuple[str, str]]:
    """Give for each action its button and the page (of the person) that it leads to."""
    return {
        Action.RECORD_ARRIVAL: (_("Vaata suunamist"), "person"),
        Action.END_STAY: (_("Vaata suunamist"), "person"),
        Action.SEND_NOTICE: (_("Koosta teade"), "person_paper_make"),
        Action.DRAFT_PLAN: (_("Ava plaan"), "person_plan"),
        Action.AGREE_PLAN: (_("Ava plaan"), "person_plan"),
        Action.RENEW_PLAN: (_("Ava plaan"), "person_plan"),
        Action.FINISH_TASK: (_("Märgi tehtuks"), "task_done"),
        Action.WRITE_REVIEW: (_("Ava plaan"), "person_plan"),
        Action.WRITE_SUMMARY: (_("Ava hinnang"), "person_summaries"),
        Action.APPROVE_SUMMARY: (_("Ava hinnang"), "person_summaries"),
        Action.SEND_SUMMARY: (_("Ava hinnang"), "person_summaries"),
        Action.RECORD_CONFIRMATION: (_("Lisa kinnitus"), "person_confirmation"),
        Action.RECORD_REFERRAL: (_("Vaata suunamist"), "person"),
        Action.END_ISOLATION: (_("Ava ajajoon"), "person_timeline"),
        Action.COMPLETE_ISOLATION: (_("Ava ajajoon"), "person_timeline"),
        Action.RENEW_CONSENT: (_("Uuenda nõusolek"), "person_circle"),
        Action.RECORD_PAYMENT: (_("Vaata arvet"), "person_month"),
        Action.DECIDE_REFUSAL: (_("Vaata arvet"), "person_month"),
    }


def _house() -> dict[Action, tuple[str, str]]:
    """Give for each action its button and the page, where that is not a page of a person."""
    return {
        Action.ANSWER_OFFER: (_("Kirjuta vastus"), "offer_answer"),
        Action.AGREE_START: (_("Vaata suunamist"), "intake_one"),
        Action.HAND_OVER: (_("Pane üleandmine kirja"), "transfer_pack"),
        Action.END_IMPROVEMENT: (_("Ava parendus"), "quality_improvement_end"),
        Action.RECORD_TRAINING: (_("Ava töötaja"), "setup_worker"),
        Action.RENEW_QUALIFICATION: (_("Vaata töötajaid"), "setup_staff"),
        Action.RENEW_LICENCE: (_("Vaata tegevuslubasid"), "setup_places"),
        Action.CLOSE_MONTH: (_("Ava kuu"), "month"),
    }


_WITH_ABOUT = frozenset(
    {
        Action.AGREE_START,
        Action.ANSWER_OFFER,
        Action.END_IMPROVEMENT,
        Action.FINISH_TASK,
        Action.HAND_OVER,
        Action.RECORD_TRAINING,
    }
)
"""Actions whose page is that of the very thing that the task is about."""


def _step(task: Task, provider_id: UUID) -> tuple[str, str]:
    ids: list[Any] = [provider_id]
    button, name = _house().get(task.action, ("", ""))
    if not name and task.person_id is not None:
        button, name = _steps().get(task.action, ("", ""))
        ids.append(task.person_id)
    if not name:
        return "", ""
    if task.action in _WITH_ABOUT and task.about is not None:
        ids.append(task.about)
    if task.action is Action.CLOSE_MONTH:
        ids.append(dict(task.numbers)["month"])
    url = reverse(name, args=ids)
    if task.action is Action.SEND_NOTICE:
        return button, f"{url}?kind={task.kind}&about={task.about}"
    return button, url


@dataclass(frozen=True, slots=True)
class ToldHint:
    """A hint as a line: what does not hang together, and where one sees what it rests on."""

    sentence: str
    button: str
    url: str


def told_hint(hint: Hint, provider_id: UUID) -> ToldHint:
    """Tell one hint."""
    numbers = dict(hint.numbers)
    page, button = _RESTS_ON[hint.code]
    return ToldHint(
        sentence=_hint_sentence(hint, numbers),
        button=button(),
        url=reverse(page, args=(provider_id, hint.person_id)),
    )


_RESTS_ON: dict[HintCode, tuple[str, Callable[[], str]]] = {
    HintCode.NEED_WITHOUT_GOAL: ("person_assessments", lambda: _("Vaata hindamisi")),
    HintCode.GOAL_WITHOUT_HOURS: ("person_plan", lambda: _("Ava plaan")),
    HintCode.HOURS_WITHOUT_GOAL: ("records", lambda: _("Vaata kirjeid")),
    HintCode.GOAL_COPIED: ("person_plan", lambda: _("Ava plaan")),
}


def _hint_sentence(hint: Hint, numbers: Mapping[str, int]) -> str:
    if hint.code is HintCode.NEED_WITHOUT_GOAL:
        return _("Vajadus on hinnatud suuremaks, aga eesmärki selle kohta ei ole: {text}.").format(
            text=hint.text
        )
    if hint.code is HintCode.GOAL_WITHOUT_HOURS:
        return _("Eesmärgi „{goal}“ heaks ei ole {days} päeva jooksul midagi kirja pandud.").format(
            goal=hint.text, days=numbers["days"]
        )
    if hint.code is HintCode.HOURS_WITHOUT_GOAL:
        return ngettext(
            "{count} kirjel ({time}) ei ole eesmärki.",
            "{count} kirjel ({time}) ei ole eesmärki.",
            numbers["count"],
        ).format(count=numbers["count"], time=minutes(numbers["minutes"]))
    return ngettext(
        "Eesmärk „{goal}“ on {copies} korda muutmata üle võetud.",
        "Eesmärk „{goal}“ on {copies} korda muutmata üle võetud.",
        numbers["copies"],
    ).format(goal=hint.text, copies=numbers["copies"])
