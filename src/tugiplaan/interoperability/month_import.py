"""A month folder into the database: all of it or nothing, and nothing twice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.bringing import Bring, Changes, all_same
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.delivery import files as delivery
from tugiplaan.month_folder import read_folder, schema
from tugiplaan.month_folder.contract import ContractFile
from tugiplaan.month_folder.tables import read_contract_file, read_rows
from tugiplaan.people import files as people
from tugiplaan.people.names import search_key, sort_key
from tugiplaan.pricelists import files as pricelists
from tugiplaan.providers import files as providers
from tugiplaan.providers.books import hold_months, hold_stays, period_of
from tugiplaan.providers.queries import place_codes, staff_codes
from tugiplaan.referrals import files as referrals
from tugiplaan.rules.facts import ComponentContract, Provider, StateContract
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.period import FAR_PAST, Month

_CONTRACTS_BEGAN = date(2016, 1, 1)  # the default of contract.toml, docs/month-folder.md


class UnableToImportError(RefusedError):
    """The folder cannot be brought in."""


class _BackOutError(Exception):
    """Ends the transaction without keeping anything of it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed, or would.

    Attributes:
        provider_id: The provider; None: a dry run that would make it.
        is_kept: Whether it was kept; not after a dry run, nor where nothing changed.
        changes: By table, those without rows left out.
    """

    provider_id: UUID | None
    is_kept: bool
    changes: tuple[Changes, ...]


def import_folder(
    *, folder: Path, month: Month, by: User, on: date, is_dry: bool = False
) -> Imported:
    """Bring a month folder into the database.

    Rows are known by their keys in the files: new ones are added, different ones changed (a
    record by a correction), equal ones left; what the folder does not name stays.

    Args:
        folder: The month folder.
        month: The month that it is about.
        by: Who brings it in.
        on: Today.
        is_dry: Only tell what would change.

    Returns:
        What changed. Where nothing did, nothing is written, not even an event.

    Raises:
        BadInputError: Rows are bad; all of them are named, nothing is brought in.
        NotAllowedError: `by` may not.
        UnableToImportError: Neither registry code nor name of the provider is given.
        MonthClosedError: A month that the folder is about is closed.
        WhyNeededError: Never: the import itself is the reason.
    """
    read_folder(folder, month=month, as_of=month.last)  # reports every bad row at once
    contract = read_contract_file(folder)
    known = providers.find_provider(contract.provider)
    require(by, "providers.write", known, on)
    _check_provider(contract.provider)
    bringing = _Bringing(folder, why=f"Import: {folder.name}")
    found: list[Changes] = []
    provider_id = known
    try:
        with acting(
            by=by, name="interoperability.import", provider_id=known, why=bringing.why
        ) as act:
            provider_id, is_changed = providers.bring_provider(act, contract.provider)
            bringing.begin(act, provider_id)
            hold_stays(provider_id, month.first, None, why=bringing.why)
            found += bringing.everything(contract)
            act.details["changes"] = {one.table: [one.added, one.changed] for one in found}
            if is_dry or (all_same(found) and not is_changed):
                raise _BackOutError
    except _BackOutError:
        return Imported(known, is_kept=False, changes=tuple(_filled(found)))
    return Imported(provider_id, is_kept=True, changes=tuple(_filled(found)))


def _check_provider(provider: Provider) -> None:
    if not (provider.registry_code or provider.name):
        raise UnableToImportError(
            _(
                "Failis contract.toml peab jaos [provider] olema registry_code või name, "
                "muidu ei ole teada, kelle andmed need on. Midagi ei muudetud."
            )
        )


def _filled(changes: list[Changes]) -> Iterator[Changes]:
    return (one for one in changes if one.added or one.changed or one.same)


class _Bringing:
    """One import while it happens: reads file after file and brings the rows in."""

    def __init__(self, folder: Path, why: str) -> None:
        """Take the folder and the reason that corrections will bear."""
        self._folder = folder
        self.why = why

    def begin(self, act: Act, provider_id: UUID) -> None:
        """Take the act and the provider."""
        self._act, self._provider_id = act, provider_id

    def _bring(self, bring: Bring, rows: list[dict[str, Any]]) -> Changes:
        return bring(self._act, self._provider_id, rows, self.why)

    def _rows(self, table: schema.Table) -> Iterator[dict[str, Any]]:
        return read_rows(self._folder, table)

    def everything(self, contract: ContractFile) -> Iterator[Changes]:
        """Bring all files, those first to which others refer."""
        own = contract.own_prices
        yield from self.contracts(contract.state, contract.component_contracts)
        yield from self.own_prices([row for name in own.names() for row in own.rows(name)])
        yield from self.house()
        yield from self.people()
        yield from self.records()

    def contracts(
        self, state: StateContract, components: tuple[ComponentContract, ...]
    ) -> Iterator[Changes]:
        """Bring contracts; the one with the authority even where it is all defaults."""
        values = {name: getattr(state, name) for name in StateContract.__dataclass_fields__}
        if state.valid_from == FAR_PAST:
            values["valid_from"] = _CONTRACTS_BEGAN
        yield self._bring(providers.bring_state_contracts, [values])
        names = ComponentContract.__dataclass_fields__
        rows = [{name: getattr(one, name) for name in names} for one in components]
        yield self._bring(providers.bring_component_contracts, rows)

    def own_prices(self, prices: list[DatedValue]) -> Iterator[Changes]:
        """Bring own prices, component prices and the user's own rates."""
        rows: list[dict[str, Any]] = [
            {
                "code": price.name,
                "amount": price.value,
                "valid_from": price.valid_from,
                "valid_to": price.valid_to,
            }
            for price in prices
        ]
        yield self._bring(pricelists.bring_own_prices, rows)
        rows = []
        for row in self._rows(schema.COMPONENT_PRICES):
            del row["unit"]
            row["is_confirmed"] = row.pop("confirmed")
            row["ceiling_period"] = row["ceiling_period"] or ""
            rows.append(row)
        yield self._bring(pricelists.bring_component_prices, rows)
        yield self._bring(pricelists.bring_rates, list(self._rows(schema.RATES)))

    def house(self) -> Iterator[Changes]:
        """Bring buildings, places, their sizes, licences."""
        places = list(self._rows(schema.PLACES))
        buildings = {row["building"]: row["address"] for row in reversed(places)}
        rows: list[dict[str, Any]] = [{"code": code} for code in sorted(buildings)]
        yield self._bring(providers.bring_buildings, rows)
        building = providers.building_ids(self._provider_id)
        rows = [
            {
                "code": row["place"],
                "name": row["name"],
                "address": row["address"],
                "building_id": building[row["building"]],
            }
            for row in places
        ]
        yield self._bring(providers.bring_places, rows)
        self._places = {code: key for key, code in place_codes(self._provider_id).items()}
        rows = [
            {"place_id": self._places[row.pop("place")], **row}
            for row in self._rows(schema.PLACE_PERIODS)
        ]
        yield self._bring(providers.bring_size_periods, rows)
        rows = [
            {
                "code": row.pop("licence"),
                "place_id": self._places[row.pop("place")],
                **row,
                "target_groups": " ".join(sorted(row["target_groups"])),
            }
            for row in self._rows(schema.LICENCES)
        ]
        yield self._bring(providers.bring_licences, rows)
        rows = [
            {"place_id": self._places[row.pop("place")], **row}
            for row in self._rows(schema.EMPTY_PLACES)
        ]
        self._hold(row["first_day"] for row in rows)
        yield self._bring(delivery.bring_empty_places, rows)

    def people(self) -> Iterator[Changes]:
        """Bring persons, referrals and stays."""
        rows = [_person(row) for row in self._rows(schema.PERSONS)]
        yield self._bring(people.bring_persons, rows)
        self._persons = people.person_ids(self._provider_id)
        found = list(self._rows(schema.REFERRALS))
        rows = [_referral(row, self._persons, self._places) for row in found]
        yield self._bring(referrals.bring_referrals, rows)
        self._referrals = referrals.referral_ids(self._provider_id)
        stays = [day for row in found for day in _stay_days(row, self._referrals)]
        self._hold(day["day"] for day in stays)
        yield self._bring(referrals.bring_stay_days, stays)
        rows = self._of_referral(schema.MOVES, lambda row: {
            "from_day": row["from_day"], "place_id": self._places[row["place"]]
        })  # fmt: skip
        yield self._bring(referrals.bring_moves, rows)
        rows = self._of_referral(schema.ABSENCES, lambda row: {
            "code": row["absence"], "first_day": row["first_day"], "last_day": row["last_day"],
            "kind": row["kind"], "learned_on": row["learned_on"],
        })  # fmt: skip
        self._hold(row["first_day"] for row in rows)
        yield self._bring(referrals.bring_absences, rows)
        rows = self._of_referral(schema.CONFIRMATIONS, lambda row: {
            "period": row["month"].period,
            "received_on": row["received_on"],
        })  # fmt: skip
        yield self._bring(referrals.bring_confirmations, rows)

    def _of_referral(
        self, table: schema.Table, make: Callable[[dict[str, Any]], dict[str, Any]]
    ) -> list[dict[str, Any]]:
        return [
            {"referral_id": self._referrals[row["referral"]], **make(row)}
            for row in self._rows(table)
        ]

    def records(self) -> Iterator[Changes]:
        """Bring workers, sessions, and what was done."""
        hours, days = list(self._rows(schema.HOURS)), list(self._rows(schema.DAYS))
        components = list(self._rows(schema.COMPONENTS))
        self._hold(row["date"] for row in (*hours, *days, *components))
        codes = {row["worker"] for row in (*hours, *components)}
        workers = [{"code": code} for code in sorted(codes)]
        yield self._bring(providers.bring_staff, workers)
        self._workers = {code: key for key, code in staff_codes(self._provider_id).items()}
        sessions = sorted({row["session"] for row in components} - {""})
        yield self._bring(delivery.bring_sessions, [{"code": code} for code in sessions])
        session = delivery.session_ids(self._provider_id)
        rows = [
            {**self._timed(row), "referral_id": self._referrals[row["referral"]],
             "audience": row["audience"], "is_direct": row["direct"]}
            for row in hours
        ]  # fmt: skip
        yield self._bring(delivery.bring_hours, rows)
        rows = [
            {**self._timed(row), "person_id": self._persons[row["person"]],
             "session_id": session.get(row["session"]),
             **{name: row[name] for name in (
                 "funder", "component", "mode", "audience", "participants")}}
            for row in components
        ]  # fmt: skip
        yield self._bring(delivery.bring_components, rows)
        rows = [
            {"referral_id": self._referrals[row["referral"]], "day": row["date"],
             "period": period_of(row["date"]), "kind": row["kind"]}
            for row in days
        ]  # fmt: skip
        yield self._bring(delivery.bring_days, rows)

    def _timed(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "code": row["record"],
            "day": row["date"],
            "period": period_of(row["date"]),
            "start": row["start"],
            "minutes": row["minutes"],
            "worker_id": self._workers[row["worker"]],
            "activity": row["activity"],
        }

    def _hold(self, days: Iterator[date]) -> None:
        hold_months(self._provider_id, days, why=self.why)


def _person(row: Mapping[str, Any]) -> dict[str, Any]:
    has_code = bool(row["personal_code"])
    return {
        "code": row["person"],
        "identifier_type": "national" if has_code else "",
        "identifier_country": "EE" if has_code else "",
        "identifier": row["personal_code"],
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "sort_name": sort_key(row["last_name"], row["first_name"]),
        "search_name": search_key(row["first_name"], row["last_name"]),
        "birth_date": row["birth_date"],
        "first_pnh_start": row["first_pnh_start"],
    }


_SAME_IN_BOTH = (*("service", "issued_on", "valid_from", "valid_to", "slot", "slot_new_from"),)


def _referral(
    row: Mapping[str, Any], persons: Mapping[str, UUID], places: Mapping[str, UUID]
) -> dict[str, Any]:
    volume: Decimal | None = row["planned_volume"]
    return {
        "code": row["referral"],
        "person_id": persons[row["person"]],
        "place_id": places.get(row["place"]),
        "variant": row["variant"],
        "planned_volume": volume,
        "volume_unit": row["volume_unit"] or "",
        "is_released": row["released_from_compulsory_treatment"],
        **{name: row[name] for name in _SAME_IN_BOTH},
    }


def _stay_days(row: Mapping[str, Any], ids: Mapping[str, UUID]) -> Iterator[dict[str, Any]]:
    kinds = (("agreed", "agreed_start"), ("arrived", "arrived_on"), ("ended", "ended_on"))
    for kind, column in kinds:
        if row[column]:
            yield {
                "referral_id": ids[row["referral"]],
                "kind": kind,
                "day": row[column],
                "reason": (row["end_reason"] or "") if kind == "ended" else "",
            }
