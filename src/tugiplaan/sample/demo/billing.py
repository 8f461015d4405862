"""How the months of the demo are prepared, closed, invoiced, reopened and corrected."""

from datetime import date, timedelta

from tugiplaan.billing.actions.closing import close, reopen
from tugiplaan.billing.actions.correcting import correct_month
from tugiplaan.billing.actions.issuing import issue
from tugiplaan.billing.actions.preparing import prepare
from tugiplaan.rules.period import Month
from tugiplaan.sample.demo.recording import LATE
from tugiplaan.sample.demo.stage import FIRST_MONTH, House, Stage, period_of
from tugiplaan.sample.demo.stories import late_hours

_CORRECTED, _CORRECTED_KEY = Month(2026, 2), "I5"
LATE_AT, REOPENED_AT = "paevakeskus", "kogukonnakodu"


def invoice_month(house: House, month: Month) -> None:
    """Prepare a month, close it and issue its invoices, early in the next one."""
    _close(house, month)
    on = month.last + timedelta(days=10)
    issue(
        provider_id=house.provider_id,
        period=period_of(month),
        issued_on=on,
        by=house.accountant,
        on=on,
    )


def _close(house: House, month: Month) -> None:
    on = month.last + timedelta(days=9)
    by = house.accountant
    statement = prepare(provider_id=house.provider_id, period=period_of(month), by=by, on=on)
    close(statement=statement, by=by, on=on)


def prepare_month(house: House, month: Month, on: date) -> None:
    """Prepare a month and leave it open, to be looked through."""
    prepare(provider_id=house.provider_id, period=period_of(month), by=house.accountant, on=on)


def prepare_unsourced_months(house: House) -> None:
    """Prepare the last months of 2025: no rate of theirs has a source, so nothing is payable."""
    for back in (2, 1):
        prepare_month(house, FIRST_MONTH.plus(-back), FIRST_MONTH.first + timedelta(days=7))


def close_and_reopen(house: House, month: Month) -> None:
    """Close a month and open it again, as something was forgotten."""
    _close(house, month)
    reopen(
        provider_id=house.provider_id,
        period=period_of(month),
        why="Ühe inimese eemalolek jäi kirja panemata.",
        by=house.accountant,
        on=month.last + timedelta(days=12),
    )
    prepare_month(house, month, month.last + timedelta(days=12))


def correct_late_hours(house: House) -> None:
    """Hours of February come to light in March; the difference is credited and billed anew."""
    day, on = _CORRECTED.first.replace(day=17), _CORRECTED.last + timedelta(days=17)
    late_hours(house, _CORRECTED_KEY, day, on)
    correct_month(
        provider_id=house.provider_id,
        period=period_of(_CORRECTED),
        why="Veebruari tunnid leiti hiljem.",
        by=house.accountant,
        on=on,
    )


def leave_a_correction_waiting(stage: Stage, house: House) -> None:
    """Hours of the latest invoiced month come to light, and nobody has billed them yet."""
    month = stage.issued[-1]
    late_hours(house, LATE, month.first.replace(day=15), month.last + timedelta(days=20))
