"""Reading a month folder: all its files, all problems in one run, facts by person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from operator import attrgetter
from pathlib import Path

from tugiplaan.month_folder.collection import no_cyclic_collection
from tugiplaan.month_folder.contract import ContractFile, read_contract
from tugiplaan.month_folder.left_out import PLACE, left_out
from tugiplaan.month_folder.loading import Loading
from tugiplaan.month_folder.problems import BadInputError, Phrase, Problem
from tugiplaan.month_folder.rates import load_rates
from tugiplaan.month_folder.report import Report, in_order
from tugiplaan.month_folder.schema import CONTRACT_FILE, RATES, TABLES
from tugiplaan.rules.facts import Contract, Facts, House, PriceList, Surroundings
from tugiplaan.rules.packs import RatePack
from tugiplaan.rules.period import Month

RESULT_FILES = ("lines.csv", "findings.csv", "totals.csv")
_CLOSE_ENOUGH = 0.8


@dataclass(frozen=True, slots=True)
class MonthFolder:
    """What a folder says.

    Attributes:
        contract: Everything that is agreed about money.
        rates: The user's own rates from rates.csv; None: there is no such file.
        house: Licences and empty places.
        surroundings: Places and group sessions; the months of new places are left to the
            engine.
        facts: One for each person that can be settled, by person code.
        left_out: Persons that bad rows concern, by code; only when they may be skipped.
        problems: What is wrong with those rows.
    """

    contract: Contract
    rates: RatePack | None
    house: House
    surroundings: Surroundings
    facts: tuple[Facts, ...]
    left_out: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_folder(folder: Path, *, month: Month, as_of: date, skip_bad: bool = False) -> MonthFolder:
    """Read everything that a month depends on.

    Args:
        folder: The month folder.
        month: The month to settle.
        as_of: The day from which one looks.
        skip_bad: Leave out the persons that bad rows concern instead of refusing them all.

    Returns:
        The facts of each person of persons.csv, those left out excepted.

    Raises:
        BadInputError: Something is wrong; it carries all problems of the folder. With
            `skip_bad`: something is wrong that cannot be put down to persons.
    """
    report = Report()
    _check_names(folder, report)
    if not folder.is_dir():
        raise BadInputError(report.in_order())
    with no_cyclic_collection():
        contract = read_contract(folder / CONTRACT_FILE, report)
        rates_path = folder / RATES.file
        rates = load_rates(rates_path, RATES.file, report) if rates_path.exists() else None
        loading = Loading(folder, report)
        loading.read_all()
        skipped = left_out(report, loading.cases, loading.referrals, loading.places)
        if report.general or (report.problems and not skip_bad):
            raise BadInputError(report.in_order())
        surroundings = Surroundings(
            size_classes={place: tuple(periods) for place, periods in loading.periods.items()},
            sessions=loading.sessions(),
        )
        return MonthFolder(
            contract=_contract(contract, loading),
            rates=rates,
            house=_house(loading, report),
            surroundings=surroundings,
            facts=tuple(_facts(loading, skipped, month, as_of, surroundings)),
            left_out=tuple(sorted(skipped)),
            problems=in_order(report.problems),
        )


def _check_names(folder: Path, report: Report) -> None:
    """Report a folder that is not there, and files whose names are probably misspelt."""
    if not folder.is_dir():
        wanted = Phrase("olemasolevat kausta", "a folder that exists", "существующая папка")
        report.add(Problem(str(folder), 0, "", "", wanted))
        return
    known = [table.file for table in TABLES]
    for path in sorted(folder.iterdir()):
        name, ending = path.name, path.suffix.lower()
        if name.startswith((".", "~")) or name in (*known, *RESULT_FILES, CONTRACT_FILE):
            continue
        if ending == ".csv":
            report.add(Problem(name, 0, "", name, _file_name(name, known)))
        elif get_close_matches(name.lower(), [CONTRACT_FILE], 1, _CLOSE_ENOUGH):
            report.add(Problem(name, 0, "", name, _file_name(name, [CONTRACT_FILE])))


def _file_name(name: str, known: list[str]) -> Phrase:
    close = get_close_matches(name.lower(), known, 1)
    if close:
        return Phrase(f"failinime {close[0]}", f"the file name {close[0]}", f"имя файла {close[0]}")
    listed = ", ".join(known)
    return Phrase(
        f"üht neist failinimedest: {listed}",
        f"one of the file names: {listed}",
        f"одно из имён файлов: {listed}",
    )


def _contract(contract: ContractFile, loading: Loading) -> Contract:
    return Contract(
        provider=contract.provider,
        state=contract.state,
        own_prices=contract.own_prices,
        components=PriceList(loading.prices, contract.component_contracts),
    )


def _house(loading: Loading, report: Report) -> House:
    """Give licences and empty places, without those of places that bad rows concern."""
    bad = {owner[0] for owner in report.touched.get(PLACE, ())}
    return House(
        licences=tuple(
            sorted(
                (licence for licence in loading.licences if licence.place not in bad),
                key=attrgetter("licence"),
            )
        ),
        empty_places=tuple(
            sorted(
                (empty for empty in loading.empty_places if empty.place not in bad),
                key=attrgetter("place", "first_day"),
            )
        ),
    )


def _facts(
    loading: Loading, skipped: frozenset[str], month: Month, as_of: date, surroundings: Surroundings
) -> Iterator[Facts]:
    """Make the facts of each person, by code, letting go of what each was made from."""
    loading.referrals.clear()
    for code in sorted(loading.cases):
        case = loading.cases.pop(code)
        if code in skipped or case.person is None:
            continue
        case.drafts.sort(key=attrgetter("code"))
        case.components.sort(key=attrgetter("record"))
        yield Facts(
            person=case.person,
            month=month,
            as_of=as_of,
            referrals=tuple(draft.referral() for draft in case.drafts),
            components=tuple(case.components),
            surroundings=surroundings,
        )
        case.drafts.clear()  # a draft knows its case: left together they would never go
