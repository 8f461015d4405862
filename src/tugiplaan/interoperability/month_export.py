"""The database into a month folder: what an import of it brings in again, exactly."""

import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import record_reading
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.delivery import files as delivery
from tugiplaan.month_folder import schema
from tugiplaan.month_folder.tables import write_contract_file, write_rows
from tugiplaan.people import files as people
from tugiplaan.people.queries import person_facts, standing_for
from tugiplaan.pricelists import files as pricelists
from tugiplaan.pricelists.queries import own_price_facts
from tugiplaan.providers import files as providers
from tugiplaan.providers.queries import contract_facts
from tugiplaan.referrals import files as referrals
from tugiplaan.rules.facts import Contract, PriceList
from tugiplaan.rules.period import Month


class UnableToExportError(RefusedError):
    """The folder cannot be written."""


def export_folder(
    *, provider_id: UUID, month: Month, folder: Path, by: User, on: date
) -> Mapping[str, int]:
    """Write what a provider has into a month folder.

    Everything that holds is written, of every month; the contract is that of the month.
    Entries of one person are one.

    Args:
        provider_id: Whose.
        month: The month whose contract is written.
        folder: Where; made when it is not there, must be empty.
        by: Who takes it out; recorded as a reading of every person.
        on: Today.

    Returns:
        How many rows each file has; a file without rows is not written.

    Raises:
        NotAllowedError: `by` may not.
        UnableToExportError: The folder is not empty.
    """
    require(by, "delivery.read", provider_id, on)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnableToExportError(
            _(
                "Kaust {folder} ei ole tühi. Vali uus või tühi kaust, et midagi üle ei "
                "kirjutataks. Midagi ei kirjutatud."
            ).format(folder=folder)
        )
    persons = person_facts(provider_id)
    record_reading(by=by, name="interoperability.export", provider_id=provider_id, persons=persons)
    working = folder.parent / f".{folder.name}-{secrets.token_hex(6)}"
    working.mkdir(parents=True)
    try:
        written = _write(provider_id, month, working)
        if folder.exists():
            folder.rmdir()
        os.replace(working, folder)
    except BaseException:
        shutil.rmtree(working, ignore_errors=True)
        raise
    return written


def _write(provider_id: UUID, month: Month, folder: Path) -> Mapping[str, int]:
    agreed = contract_facts(provider_id, month.first)
    contract = Contract(
        provider=agreed.provider,
        state=agreed.state,
        own_prices=own_price_facts(provider_id),
        components=PriceList((), agreed.components),
    )
    write_contract_file(folder, contract)
    standing = standing_for(provider_id)
    codes = {key: person.person for key, person in person_facts(provider_id).items()}
    tables: list[tuple[schema.Table, Iterable[Mapping[str, Any]]]] = [
        (schema.PERSONS, people.persons_out(provider_id)),
        (schema.PLACES, providers.places_out(provider_id)),
        (schema.PLACE_PERIODS, providers.size_periods_out(provider_id)),
        (schema.LICENCES, providers.licences_out(provider_id)),
        (schema.REFERRALS, referrals.referrals_out(provider_id, standing, codes)),
        (schema.MOVES, referrals.moves_out(provider_id)),
        (schema.ABSENCES, referrals.absences_out(provider_id)),
        (schema.CONFIRMATIONS, referrals.confirmations_out(provider_id)),
        (schema.HOURS, delivery.hours_out(provider_id)),
        (schema.DAYS, delivery.days_out(provider_id)),
        (schema.EMPTY_PLACES, delivery.empty_places_out(provider_id)),
        (schema.COMPONENTS, delivery.components_out(provider_id, standing, codes)),
        (schema.COMPONENT_PRICES, pricelists.component_prices_out(provider_id)),
        (schema.RATES, pricelists.rates_out(provider_id)),
    ]
    written: dict[str, int] = {}
    for table, rows in tables:
        count = write_rows(folder, table, rows)
        if count:
            written[table.file] = count
        else:
            (folder / table.file).unlink()
    return written
