"""Quality at the care home: a closed round, one that goes on, improvements and complaints."""

from dataclasses import dataclass
from datetime import date, timedelta

from tugiplaan.providers.actions import CourseData, Supervisor, record_course, supervise
from tugiplaan.providers.queries import staff_of
from tugiplaan.quality import actions
from tugiplaan.quality.actions import Answered, Found, Member, NewComplaint, NewImprovement
from tugiplaan.quality.catalogue import standards, themes
from tugiplaan.quality.queries import Complaint, Level, Perspective, Round
from tugiplaan.sample.demo.stage import House, Stage

AT = "hooldekodu"
TERM = 14
"""In how many days the invented house answers complaints."""
_TEAM = (
    ("Õie Õispuu", Perspective.USER),
    ("Maret Metsis", Perspective.FAMILY),
    ("Juta Jänes", Perspective.STAFF),
    ("Peeter Põder", Perspective.OUTSIDE),
)
_PART = {
    "1.2": "Kolmes toas on kaks inimest, kes oma tuba ei saanud valida.",
    "1.5": "Telefoni saab kasutada, aga rahulikku kohta rääkimiseks ei ole.",
    "1.7": "Pühapäeviti ei käi keegi majast väljas.",
    "2.2": "Pooled töötajad on e-koolituse läbinud.",
    "2.3": "Plaane tehakse koos, aga inimene ise räägib vähe.",
    "3.3": "Otsuste tegemise tuge pakutakse harva.",
    "4.5": "Kaebuste kast on, aga selle kohta ei teata.",
    "5.3": "Valimistel aidati käia kahel inimesel.",
}
_BEGUN = {
    "4.2": "Rahunemise viise on hakatud plaanidesse kirjutama.",
    "5.1": "Kolme inimesega on räägitud kogukonda kolimisest.",
}
_NOT = {"5.2": "Tööd väljaspool maja ei ole kellelgi."}
_NONE = ("4.3", "4.4")


@dataclass(frozen=True, slots=True)
class _Said:
    """A complaint of the demo: how many days ago, and how it was answered."""

    days_ago: int
    about: str
    who: str = ""
    answer: str = ""
    outcome: str = ""


_SAID = (
    _Said(
        160,
        "Hommikul äratatakse liiga vara.",
        "Õie Õispuu",
        "Igaüks ütleb nüüd ise, mis kell ta ärgata tahab.",
        "justified",
    ),
    _Said(
        95,
        "Öösel koputati kaks korda uksele.",
        "",
        "Öine ring käib edaspidi koputamata, kui inimene on seda soovinud.",
        "partly",
    ),
    _Said(
        60,
        "Ema riided läksid pesus kaduma.",
        "Maret Metsis",
        "Riided leiti naabri kapist. Kõigil riietel on nüüd nimi.",
        "justified",
    ),
    _Said(20, "Supp on sageli külm.", "Õie Õispuu"),
    _Said(4, "Suitsuruumi uks ei käi kinni."),
)


def lay_quality(stage: Stage) -> None:
    """Lay rounds, improvements, complaints and e-training at the care home."""
    _supervise(stage.houses["paevakeskus"])
    house = stage.houses[AT]
    _train(stage, house)
    year = stage.today.year
    first = _round(house, date(year - 1, 1, 1), date(year - 1, 12, 31), date(year, 1, 20))
    _judge(house, first, date(year, 1, 20), _closed())
    _improve(stage, house, first)
    actions.close_round(
        round_=first,
        conclusion="Maja on puhas ja turvaline. Inimesed tahavad rohkem ise otsustada ja väljas "
        "käia. Alustame omast toast, vaiksest kohast ja tööst väljaspool maja.",
        by=house.manager,
        on=date(year, 1, 20),
    )
    now = _round(house, date(year, 1, 1), stage.today, stage.today)
    _judge(house, now, stage.today, _going())
    _complain(stage, house)


def _supervise(house: House) -> None:
    """Let a colleague supervise the one whose training goes on, from the first day of work."""
    trainee = staff_of(house.provider_id).get(pk=house.workers["T3"])
    since = trainee.courses.all()[0].started_on
    data = Supervisor(house.workers["T1"], since)
    supervise(staff=trainee, data=data, by=house.director, on=since)


def _round(house: House, first: date, last: date, on: date) -> Round:
    who = {"by": house.manager, "on": on}
    new = actions.NewRound(first, last)
    round_ = actions.start_round(provider_id=house.provider_id, new=new, by=house.manager, on=on)
    for name, perspective in _TEAM:
        actions.add_assessor(round_=round_, member=Member(name, perspective), **who)  # type: ignore[arg-type]
    return round_


def _closed() -> dict[str, Found]:
    found = {number: Found(Level.FULL) for number in standards()}
    found |= {number: Found(Level.PART, note) for number, note in _PART.items()}
    found |= {number: Found(Level.BEGUN, note) for number, note in _BEGUN.items()}
    found |= {number: Found(Level.NOT, note) for number, note in _NOT.items()}
    found |= {number: Found(Level.NONE) for number in _NONE}
    judged = {"1": Level.PART, "2": Level.PART, "3": Level.PART, "4": Level.PART, "5": Level.BEGUN}
    return found | {number: Found(level) for number, level in judged.items()}


def _going() -> dict[str, Found]:
    """Give what the team of this year has judged so far: the first two themes."""
    seen = [one.number for theme in themes()[:2] for one in theme.standards]
    found = {number: Found(Level.FULL) for number in seen}
    for number in ("1.7", "2.3"):
        found[number] = Found(Level.PART, _PART[number])
    found["1.2"] = Found(Level.FULL, "Kõik said toakaaslase ise valida.")
    return found | {"1": Found(Level.PART)}


def _judge(house: House, round_: Round, on: date, found: dict[str, Found]) -> None:
    actions.record_scores(round_=round_, found=found, by=house.manager, on=on)


def _improve(stage: Stage, house: House, round_: Round) -> None:
    year, on = stage.today.year, date(stage.today.year, 1, 20)
    planned = (
        ("1.2", "Küsime igalt inimeselt, kellega ta tuba jagada tahab.", date(year, 3, 1)),
        ("1.5", "Teeme raamatukogu nurka vaikse helistamise koha.", date(year, 4, 1)),
        ("5.2", "Leiame kolmele inimesele töö väljaspool maja.", stage.today - timedelta(days=10)),
        ("2.2", "Kõik töötajad läbivad e-koolituse.", stage.today + timedelta(days=90)),
    )
    rows = [
        actions.plan_improvement(
            provider_id=house.provider_id,
            new=NewImprovement(what, house.manager.name, due, number, round_.pk),
            by=house.manager,
            on=on,
        )
        for number, what, due in planned
    ]
    for row, is_done, outcome in (
        (rows[0], True, "Kaks inimest kolis teise tuppa, kõik on rahul."),
        (rows[1], False, "Nurk on liiga avatud. Otsime uue koha järgmisel aastal."),
    ):
        actions.end_improvement(
            improvement=row, is_done=is_done, outcome=outcome, by=house.manager, on=row.due_on
        )


def _complain(stage: Stage, house: House) -> None:
    began = stage.today - timedelta(days=200)
    actions.set_complaint_term(
        provider_id=house.provider_id, days=TERM, by=house.director, on=began
    )
    for said in _SAID:
        day = stage.today - timedelta(days=said.days_ago)
        row = actions.record_complaint(
            provider_id=house.provider_id,
            new=NewComplaint(day, said.about, said.who),
            by=house.manager,
            on=day,
        )
        if said.answer:
            on = day + timedelta(days=TERM - 5)
            answered = Answered(on, said.answer, Complaint.Outcome(said.outcome))
            actions.answer_complaint(complaint=row, answered=answered, by=house.manager, on=on)


def _train(stage: Stage, house: House) -> None:
    """Let every second worker pass the e-training."""
    on = stage.today - timedelta(days=60)
    for at, worker in enumerate(staff_of(house.provider_id, on)):
        if at % 2 == 0:
            course = CourseData(
                "rights", 8, on - timedelta(days=7), on, "QualityRights", f"QR-{at + 1:03}"
            )
            record_course(staff=worker, data=course, by=house.director, on=on)
