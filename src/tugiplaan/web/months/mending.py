"""What would mend a finding, and where: the sentence of a group and the page that does it."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.language import language
from tugiplaan.billing.review import StatementFinding, finding_of
from tugiplaan.billing.summing import Group
from tugiplaan.rules.vocabulary import FindingCode, Severity
from tugiplaan.web.months.names import finding_title

PERSON, NOWHERE = "person", ""
PRICES, CONTRACTS, PLACES = "setup_prices", "setup_contracts", "setup_places"
MOST_SHOWN = 10
"""So many findings of a group stand on the board; the list of lines has them all."""

_MENDING: dict[FindingCode, tuple[Promise, str]] = {
    FindingCode.RATE_MISSING: (_("Lisa määr koos allikaga või koha suurusklass"), PRICES),
    FindingCode.SHARE_MISSING: (_("Vähendatud osa ei ole teada: küsi SKA-lt"), NOWHERE),
    FindingCode.LATE_ARRIVAL: (_("Kirjuta kokku lepitud uus alguspäev"), PERSON),
    FindingCode.UNDER_AGE: (_("Kontrolli sünnikuupäeva ja alguspäeva"), PERSON),
    FindingCode.OUT_OF_TERM: (_("Lisa uus suunamine või paranda kuupäevad"), PERSON),
    FindingCode.OVERLAP: (_("Lõpeta üks kattuvatest suunamistest"), PERSON),
    FindingCode.LEGACY_REFERRAL: (_("Vaja on uut suunamist"), PERSON),
    FindingCode.SERVICE_OVER: (_("Lõpeta suunamine ja teata SKA-le"), PERSON),
    FindingCode.HOSPITAL_UNCONFIRMED: (_("Lisa haigla kinnitus"), PERSON),
    FindingCode.PARALLEL_COMPONENT: (_("Vaata üle riikliku teenuse aegsed kirjed"), PERSON),
    FindingCode.PRICE_MISSING: (_("Lisa komponendi hind"), PRICES),
    FindingCode.PRICE_UNCONFIRMED: (_("Kinnita hind"), PRICES),
    FindingCode.BASE_CONTENT_WORK: (_("Kirjuta sisutöö lisatoetuse alla"), PERSON),
    FindingCode.NO_COMPONENT_CONTRACT: (_("Lisa leping rahastajaga"), CONTRACTS),
    FindingCode.OVER_CAP: (_("Kuu piir on täis: üle selle ei tasuta"), NOWHERE),
    FindingCode.OVER_CEILING: (_("Komponendi lagi on täis: lepi rahastajaga kokku"), PERSON),
    FindingCode.ABSENCE_LIMIT: (_("Äraoleku päevad on täis: vaata kuupäevad üle"), PERSON),
    FindingCode.HOSPITAL_LIMIT: (_("Haiglapäevad on täis: vaata kuupäevad üle"), PERSON),
    FindingCode.BELOW_MINIMUM: (_("Tunde on vähe: kontrolli, kas kõik on kirjas"), PERSON),
    FindingCode.NON_USE_LIMIT: (_("Teenust ei kasutatud: lepi inimesega edasine kokku"), PERSON),
    FindingCode.UNUSED_DAYS: (_("Kasutamata ühikud: kontrolli, kas kõik on kirjas"), PERSON),
    FindingCode.NO_SHOW_PENDING: (_("Ootab inimese kohaletulekut"), PERSON),
    FindingCode.NOTICE_DUE: (_("Teata SKA-le"), PERSON),
    FindingCode.CAPACITY: (_("Kohas on rohkem inimesi, kui luba lubab"), PLACES),
    FindingCode.LICENCE: (_("Lisa tegevusluba"), PLACES),
    FindingCode.DOUBLE_BOOKING: (_("Paranda korraga mitmes kohas olevad kirjed"), PERSON),
    FindingCode.PART_MONTH_UNTESTED: (_("Osaline kuu: miinimummahtu ei kontrollita"), NOWHERE),
    FindingCode.SINGLE_DAY_AWAY: (_("Üks päev eemal on kohalolek"), NOWHERE),
    FindingCode.HISTORY_ASSUMED: (_("Varasem aeg loeti kasutatuks"), NOWHERE),
    FindingCode.OUTSIDE_STAY: (_("Paranda kirjed, mis on teenusel oleku ajast väljas"), PERSON),
    FindingCode.READING_USED: (_("Read, mis toetuvad meie tõlgendusele"), NOWHERE),
}
_LOOKS = {
    Severity.BLOCKS: ("stop", "circle-x"),
    Severity.WARNING: ("look", "triangle-alert"),
    Severity.INFO: ("", "info"),
}


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding on a page.

    Attributes:
        name: What it is called, in a few words.
        text: What happened, what was kept and what to do.
        look: Class of its chip.
        url: The page that mends it; empty: none.
    """

    row: StatementFinding
    name: str
    text: str
    law: str
    look: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Findings that one kind of mending settles.

    Attributes:
        title: What would mend them.
        rows: The first of them.
        more: How many more there are.
    """

    group: Group
    title: Promise
    name: str
    look: str
    icon: str
    rows: list[FindingShown]

    @property
    def more(self) -> int:
        return self.group.count - len(self.rows)


def show_finding(row: StatementFinding) -> FindingShown:
    """Tell a finding as people see it, with the page that mends it."""
    code = FindingCode(row.code)
    look, icon = _LOOKS[code.severity]
    found = finding_of(row)
    return FindingShown(
        row=row,
        name=finding_title(code),
        text=found.message(language()),
        law=found.law,
        look=look,
        icon=icon,
        url=mending_url(row.statement.provider_id, code, row.person_id),
    )


def show_group(group: Group) -> GroupShown:
    """Tell what would mend a group of findings."""
    look, icon = _LOOKS[group.severity]
    return GroupShown(
        group=group,
        title=_MENDING[group.code][0],
        name=finding_title(group.code),
        look=look,
        icon=icon,
        rows=[show_finding(row) for row in group.rows[:MOST_SHOWN]],
    )


def mending_url(provider_id: UUID, code: FindingCode, person_id: UUID | None) -> str:
    """Give the page on which a finding is mended; empty where nothing can be done."""
    where = _MENDING[code][1]
    if where == PERSON:
        return page_of(PERSON, provider_id, person_id) if person_id else ""
    return page_of(where, provider_id) if where else ""


def page_of(name: str, *args: object) -> str:
    """Give the address of a page of another room; empty where that room is not open."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
