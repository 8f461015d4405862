"""Works on the database of DATABASE_URL in a process of its own, so that a test can kill it.

    python -m tests.faults.work KIND [ARGUMENT ...] [+ KIND [ARGUMENT ...]] …

Prints `ready` when the work itself begins.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import django

TODAY = date(2026, 11, 22)
PERIOD = 202605


def lay(*folders: str) -> None:
    """Make the tables; bring folders in, and agree how the funders are invoiced."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if not folders:
        return
    bring_in(*folders)
    from tugiplaan.accounts.actions import operator
    from tugiplaan.audit.recorder import acting
    from tugiplaan.providers.models import BillingTerms, Provider

    with acting(by=operator(), name="test.terms"):
        for provider in Provider.objects.all():
            for funder in ("70001975", "75000000", "75000001", "75000002"):
                BillingTerms.objects.create(
                    provider=provider,
                    funder=funder,
                    funder_name=f"Rahastaja {funder}",
                    valid_from=date(2026, 1, 1),
                    payment_days=21,
                )


def bring_in(*folders: str) -> None:
    """Import folders, one after another."""
    from tugiplaan.accounts.actions import operator
    from tugiplaan.interoperability.month_import import import_folder
    from tugiplaan.rules.period import Month

    for folder in folders:
        import_folder(folder=Path(folder), month=Month(2026, 5), by=operator(), on=TODAY)


def close(workers: str = "1") -> None:
    """Prepare the month of all providers and close it."""
    from tugiplaan.accounts.actions import operator
    from tugiplaan.billing.actions.closing import close as close_month
    from tugiplaan.billing.actions.running import RunOrder, run
    from tugiplaan.billing.queries import latest_statement
    from tugiplaan.providers.queries import book_states, provider_ids

    by, providers = operator(), provider_ids()
    states = book_states(PERIOD)
    left = [one for one in providers if states.get(one, "open") == "open"]
    if len(left) == len(providers):
        order = RunOrder(PERIOD, providers, date(2026, 5, 31), int(workers))
        run(order=order, by=by, on=TODAY)
    for provider_id in left:
        statement = latest_statement(provider_id, PERIOD)
        assert statement is not None
        close_month(statement=statement, by=by, on=TODAY)


def issue() -> None:
    """Issue the month of all providers; what somebody else issued is passed over."""
    from tugiplaan.accounts.actions import operator
    from tugiplaan.billing.actions.issuing import UnableToIssueError
    from tugiplaan.billing.actions.issuing import issue as issue_month
    from tugiplaan.providers.queries import provider_ids

    by = operator()
    for provider_id in provider_ids():
        try:
            issue_month(
                provider_id=provider_id,
                period=PERIOD,
                issued_on=date(2026, 6, 5),
                by=by,
                on=TODAY,
            )
        except UnableToIssueError as error:
            if "juba väljastatud" not in str(error):
                raise


def record(first: str, count: str) -> None:
    """Record hours with ids that others may be sending at the same time."""
    from tugiplaan.accounts.actions import operator
    from tugiplaan.delivery.actions.records import record as record_entries
    from tugiplaan.delivery.entries import HourEntry
    from tugiplaan.providers.models import Staff
    from tugiplaan.referrals.models import Referral

    by = operator()
    referral = Referral.objects.filter(service="IET").order_by("provider__name", "code").first()
    assert referral is not None
    worker = Staff.objects.filter(provider_id=referral.provider_id).order_by("code").first()
    assert worker is not None
    for number in range(int(first), int(first) + int(count)):
        entry = HourEntry(
            id=UUID(int=(1 << 100) + number),
            referral_id=referral.pk,
            day=date(2026, 6, 1 + number % 28),
            minutes=15 + number % 60,
            worker_id=worker.pk,
        )
        record_entries(provider_id=referral.provider_id, entries=[entry], by=by, on=TODAY)


def snapshot() -> None:
    """Print every business row without ids and moments, in an order that depends on neither."""
    print(json.dumps(_tables(), ensure_ascii=False, indent=0, default=str))


def faults() -> None:
    """Print what is wrong with the audit."""
    from tugiplaan.audit.queries import faults as found

    print(json.dumps([fault.what for fault in found()]))


_LABELS = ("code", "key", "name", "number", "period", "email")
_LEFT_OUT = ("audit", "auth", "contenttypes", "history")


def _tables() -> dict[str, list[str]]:
    from django.apps import apps
    from django.db import models

    found = [model for model in apps.get_models() if model._meta.app_label not in _LEFT_OUT]
    labels: dict[Any, str] = {}
    for model in found:
        name = next((one for one in _LABELS if hasattr(model, one)), None)
        for row in model._default_manager.all():
            labels[(model, row.pk)] = str(getattr(row, name)) if name else ""
    tables = {}
    for model in found:
        rows = []
        for row in model._default_manager.all():
            values = {}
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                is_chance = isinstance(field, models.DateTimeField) or field.name == "password"
                if field.primary_key or is_chance:
                    continue
                if isinstance(field, models.ForeignKey):
                    values[field.name] = labels.get((field.related_model, value))
                elif isinstance(field, (models.UUIDField, models.BinaryField)):
                    continue
                else:
                    values[field.name] = value
            rows.append(json.dumps(values, ensure_ascii=False, sort_keys=True, default=str))
        tables[model._meta.label] = sorted(rows)
    return tables


WORK: dict[str, Callable[..., None]] = {
    "lay": lay,
    "import": bring_in,
    "close": close,
    "issue": issue,
    "record": record,
    "snapshot": snapshot,
    "faults": faults,
}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tugiplaan.config.settings"
    django.setup()
    from django.db import connection

    connection.ensure_connection()
    print("ready", flush=True)
    for work in " ".join(sys.argv[1:]).split(" + "):
        kind, *arguments = work.split()
        WORK[kind](*arguments)
