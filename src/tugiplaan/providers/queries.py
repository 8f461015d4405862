"""Reading providers: books and their states; contracts, licences and sizes as the rules do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from tugiplaan.accounts.queries import in_force
from tugiplaan.providers.models import (
    BillingTerms,
    ComponentContract,
    Course,
    CourseKind,
    Licence,
    MonthBook,
    MonthState,
    Place,
    Position,
    Provider,
    Qualification,
    SizePeriod,
    Staff,
    StateContract,
)
from tugiplaan.rules import facts, staffing
from tugiplaan.rules.staffing import Training, norms
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import (
    AbsenceYear,
    GroupPrice,
    IncrementRounding,
    PartMonthDenominator,
    Service,
    SizeClass,
    TargetGroup,
    TeMinimum,
    Variant,
)


def months_of(provider_id: UUID) -> QuerySet[MonthBook]:
    """Give the books of a provider, the latest month first."""
    return MonthBook.objects.filter(provider_id=provider_id).order_by("-period")


def states_of(provider_id: UUID, period: int) -> QuerySet[MonthState]:
    """Give what became of a month, in the order in which it happened."""
    found = MonthState.objects.filter(provider_id=provider_id, book__period=period)
    return found.order_by("id")


class ContractFacts(NamedTuple):
    """What the rules need to know of a provider and its contracts in a month.

    Attributes:
        state: The contract with the authority in force for the month.
        provider: Who delivers and invoices.
        components: All contracts with funders of component services, whatever their days.
    """

    state: facts.StateContract
    provider: facts.Provider
    components: tuple[facts.ComponentContract, ...]


def contract_facts(provider_id: UUID, day: date) -> ContractFacts:
    """Give a provider and its contracts as the rules see them. Three queries.

    Args:
        provider_id: Whose contracts.
        day: Any day of the month to be settled.

    Returns:
        Of the contracts with the authority the one that holds for the month as
        `state_contract_on` chooses it, the defaults where there is none; component contracts in
        the order of funder and beginning.

    Raises:
        Provider.DoesNotExist: There is no such provider.
    """
    provider = Provider.objects.get(pk=provider_id)
    state = state_contract_on(provider_id, day)
    return ContractFacts(
        state=_state_fact(state) if state else facts.StateContract(),
        provider=facts.Provider(
            name=provider.name,
            registry_code=provider.registry_code,
            vat_number=provider.vat_number,
            iban=provider.iban,
        ),
        components=tuple(component_fact(row) for row in component_contracts(provider_id)),
    )


def state_contract_fact(provider_id: UUID, day: date) -> facts.StateContract:
    """Give the contract with the authority as `contract_facts` does. One query."""
    state = state_contract_on(provider_id, day)
    return _state_fact(state) if state else facts.StateContract()


def component_contract_facts(provider_id: UUID) -> tuple[facts.ComponentContract, ...]:
    """Give the contracts with funders of component services as the rules do. One query."""
    return tuple(component_fact(row) for row in component_contracts(provider_id))


def closed_periods(provider_id: UUID, since: int) -> list[int]:
    """Give the months from one on that are closed and not issued, YYYYMM. One query."""
    closed = MonthBook.objects.filter(
        provider_id=provider_id, state=MonthBook.State.CLOSED, period__gte=since
    )
    return list(closed.order_by("period").values_list("period", flat=True))


def book_state(provider_id: UUID, period: int) -> str:
    """Give where a month of a provider stands: open, closed, issued. One query."""
    rows = MonthBook.objects.filter(provider_id=provider_id, period=period)
    return rows.values_list("state", flat=True).first() or MonthBook.State.OPEN


def state_contract_on(provider_id: UUID, day: date) -> StateContract | None:
    """Give the contract with the authority that holds for the month of a day.

    Args:
        provider_id: Whose contract.
        day: Any day of the month.

    Returns:
        The latest that begins by the first day of the month; where none does, the earliest;
        None where there is none at all.
    """
    rows = list(StateContract.objects.filter(provider_id=provider_id).order_by("valid_from"))
    begun = [row for row in rows if row.valid_from <= day.replace(day=1)]
    return begun[-1] if begun else next(iter(rows), None)


def _state_fact(row: StateContract) -> facts.StateContract:
    return facts.StateContract(
        valid_from=row.valid_from,
        history_from=row.history_from,
        part_month_denominator=PartMonthDenominator(row.part_month_denominator),
        absence_year=AbsenceYear(row.absence_year),
        absence_year_limit_days=row.absence_year_limit_days,
        hospital_year_limit_days=row.hospital_year_limit_days,
        te_minimum=TeMinimum(row.te_minimum),
        pays_unused_pnh_days=row.pays_unused_pnh_days,
        pays_unused_int_days=row.pays_unused_int_days,
        pays_empty_court_places=row.pays_empty_court_places,
    )


def component_contracts(provider_id: UUID) -> QuerySet[ComponentContract]:
    """Give the contracts with funders of component services, by funder and beginning."""
    found = ComponentContract.objects.filter(provider_id=provider_id)
    return found.order_by("funder", "valid_from")


def component_fact(row: ComponentContract) -> facts.ComponentContract:
    """Give a contract with a funder as the rules see it."""
    return facts.ComponentContract(
        funder=row.funder,
        valid_from=row.valid_from,
        minutes_per_hour=row.minutes_per_hour,
        increment_minutes=row.increment_minutes,
        increment_rounding=IncrementRounding(row.increment_rounding),
        group_price=GroupPrice(row.group_price),
    )


def house_facts(provider_id: UUID) -> tuple[facts.Licence, ...]:
    """Give a provider's licences as the rules see them, in the order of their numbers.

    Returns:
        Each with the code of its place. One query.
    """
    rows = Licence.objects.filter(provider_id=provider_id).select_related("place")
    return tuple(
        facts.Licence(
            licence=row.code,
            place=row.place.code,
            service=Service(row.service),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            max_persons=row.max_persons,
            target_groups=frozenset(TargetGroup(code) for code in row.target_groups.split()),
        )
        for row in rows.order_by("code")
    )


def size_class_facts(provider_id: UUID) -> dict[str, tuple[facts.PlacePeriod, ...]]:
    """Give the size classes of a provider's places as the rules see them.

    Returns:
        Place code to its periods, the earliest first. One query.
    """
    rows = SizePeriod.objects.filter(provider_id=provider_id)
    found: dict[str, list[facts.PlacePeriod]] = {}
    columns = ("place__code", "first_day", "last_day", "size_class")
    for place, first, last, size in rows.order_by("place__code", "first_day").values_list(*columns):
        found.setdefault(place, []).append(facts.PlacePeriod(first, last, SizeClass(size)))
    return {place: tuple(periods) for place, periods in found.items()}


def place_codes(provider_id: UUID) -> dict[UUID, str]:
    """Give the code of each place of a provider by its id."""
    return dict(Place.objects.filter(provider_id=provider_id).values_list("pk", "code"))


def staff_codes(provider_id: UUID) -> dict[UUID, str]:
    """Give the code of each worker of a provider by id."""
    return dict(Staff.objects.filter(provider_id=provider_id).values_list("pk", "code"))


def provider_ids() -> list[UUID]:
    """Give all providers, in the order in which they were registered."""
    return list(Provider.objects.order_by("pk").values_list("pk", flat=True))


def seller_of(provider_id: UUID) -> dict[str, str]:
    """Give what a bill says of who wrote it, as it is today."""
    columns = ("name", "registry_code", "vat_number", "iban", "address", "email")
    return dict(Provider.objects.filter(pk=provider_id).values(*columns).get())


def issued_periods(provider_id: UUID) -> list[int]:
    """Give the months of a provider that were invoiced, YYYYMM, the earliest first."""
    issued = MonthBook.objects.filter(provider_id=provider_id, state=MonthBook.State.ISSUED)
    return list(issued.order_by("period").values_list("period", flat=True))


def provider_names() -> dict[UUID, tuple[str, str]]:
    """Give name and registry code of each provider, by name."""
    rows = Provider.objects.order_by("name", "pk").values_list("pk", "name", "registry_code")
    return {key: (name, code) for key, name, code in rows}


def names_of(provider_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the names of these providers; one that is not there is left out."""
    rows = Provider.objects.filter(pk__in=list(provider_ids)).order_by("name", "pk")
    return dict(rows.values_list("pk", "name"))


def book_states(period: int) -> dict[UUID, str]:
    """Give where a month stands at each provider that has a book of it: open, closed, issued."""
    rows = MonthBook.objects.filter(period=period).order_by("provider_id")
    return dict(rows.values_list("provider_id", "state"))


def places_of(provider_id: UUID) -> QuerySet[Place]:
    """Give the places of a provider with their buildings, by code."""
    found = Place.objects.filter(provider_id=provider_id).select_related("building")
    return found.order_by("code")


def size_periods_of(provider_id: UUID) -> QuerySet[SizePeriod]:
    """Give the size class periods of a provider's places, by place, the earliest first."""
    found = SizePeriod.objects.filter(provider_id=provider_id).select_related("place")
    return found.order_by("place__code", "first_day")


def licences_of(provider_id: UUID) -> QuerySet[Licence]:
    """Give the licences of a provider with their places, by place, service and beginning."""
    found = Licence.objects.filter(provider_id=provider_id).select_related("place")
    return found.order_by("place__code", "service", "valid_from", "code")


def billing_terms_on(provider_id: UUID, funder: str, day: date) -> BillingTerms | None:
    """Give how a funder is invoiced on a day: the latest terms that have begun.

    Returns:
        None where none have begun.
    """
    found = BillingTerms.objects.filter(provider_id=provider_id, funder=funder)
    return found.filter(valid_from__lte=day).order_by("-valid_from").first()


def staff_of(provider_id: UUID, day: date | None = None) -> QuerySet[Staff]:
    """Give who works for a provider, by code, with positions, courses and qualifications.

    Args:
        provider_id: For whom.
        day: Who works on this day; None: all who ever did.
    """
    found = Staff.objects.filter(provider_id=provider_id)
    if day is not None:
        found = found.filter(in_force(day) | Q(valid_from__isnull=True))
    return found.order_by("code").prefetch_related(
        Prefetch("positions", Position.objects.order_by("valid_from", "id")),
        Prefetch("courses", Course.objects.order_by("started_on", "id")),
        Prefetch("qualifications", Qualification.objects.order_by("valid_from", "id")),
    )


@dataclass(frozen=True, slots=True)
class WorkerState:
    """How far a worker is on a day.

    Attributes:
        basic: The basic course alone.
        by_service: For each service of the positions held on the day, in its plain variant.
    """

    staff: Staff
    positions: tuple[Position, ...]
    basic: staffing.Qualification
    by_service: dict[Service, staffing.Qualification]


def staff_states(provider_id: UUID, day: date) -> list[WorkerState]:
    """Give who works for a provider on a day, and how far their training is. Four queries.

    Args:
        provider_id: For whom.
        day: The day.

    Returns:
        By code: what each may do, what is missing, until when.

    Raises:
        NotInForceError: The training rules of that day are not known.

    Law: SHS § 86, R38 §§ 2–3.
    """
    return [_state(staff, day) for staff in staff_of(provider_id, day)]


def _state(staff: Staff, day: date) -> WorkerState:
    positions = tuple(row for row in staff.positions.all() if _holds(row, day))
    services = sorted({Service(row.service) for row in positions})
    return WorkerState(
        staff=staff,
        positions=positions,
        basic=qualification_on(staff, _WITHOUT_EXTRA_COURSE, Variant.PLAIN, day),
        by_service={
            service: qualification_on(staff, service, Variant.PLAIN, day) for service in services
        },
    )


_WITHOUT_EXTRA_COURSE = Service.IET
_BASIC = frozenset({CourseKind.FULL_260, CourseKind.BASIC_40, CourseKind.REST_220})
_EXTRA = {
    "work_support": CourseKind.WORK_40,
    "large_need": CourseKind.NEED_40,
    "court": CourseKind.COURT_60,
}


def qualification_on(
    staff: Staff, service: Service, variant: Variant, day: date
) -> staffing.Qualification:
    """Say what a worker may do in a service on a day, and what is due when.

    Args:
        staff: Who; from `staff_of`, or two queries are made.
        service: The service to be delivered.
        variant: Its variant.
        day: The day.

    Returns:
        The courses with their missing hours and last days; whether the worker may begin, and
        whether under supervision. Where no training has begun, the days are counted from `day`.

    Raises:
        KeyError: The service has no such variant.
        NotInForceError: The training rules of that day are not known.

    Law: SHS § 86(1), (7); R38 §§ 2–3.
    """
    learned = Learned(tuple(staff.courses.all()), tuple(staff.qualifications.all()))
    return qualification_from(learned, service, variant, day)


class Learned(NamedTuple):
    """The courses and qualifications of a worker."""

    courses: tuple[Course, ...]
    qualifications: tuple[Qualification, ...]


def qualification_from(
    learned: Learned, service: Service, variant: Variant, day: date
) -> staffing.Qualification:
    """Say the same as `qualification_on` of what was read already."""
    extra = norms()[service, variant].course
    training = _training(learned, _EXTRA[extra] if extra else None, day)
    return staffing.qualification(training, service, variant, day, builtin())


def training_on(staff: Staff, extra: CourseKind | None, day: date) -> Training:
    """Say what a worker has learned by a day.

    Args:
        staff: Who.
        extra: The extra course that the work asks for; None: none.
        day: The day; a course counts from the day of its certificate.

    Returns:
        The hours of the passed courses, each kind counted once. The training began with the
        first course of the basic kinds; where there is none, on `day`.
    """
    learned = Learned(tuple(staff.courses.all()), tuple(staff.qualifications.all()))
    return _training(learned, extra, day)


def _training(learned: Learned, extra: CourseKind | None, day: date) -> Training:
    begun = [row for row in learned.courses if row.started_on <= day]
    done: dict[str, int] = {}
    for row in begun:
        if row.completed_on is not None and row.completed_on <= day:
            done[row.kind] = max(row.hours, done.get(row.kind, 0))
    basic = [row.started_on for row in begun if row.kind in _BASIC]
    return Training(
        begun_on=min(basic, default=day),
        hours=sum(hours for kind, hours in done.items() if kind in _BASIC),
        extra_hours=done.get(extra, 0) if extra else 0,
        is_exempt=any(_holds(row, day) for row in learned.qualifications),
    )


def _holds(row: Position | Qualification, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
