"""Long work of the month, done beside the pages where a queue is set up."""

from datetime import date
from uuid import UUID

from django.tasks import task

from tugiplaan.accounts.access import user_of
from tugiplaan.billing.actions.running import RunOrder, run
from tugiplaan.billing.facts import month_of


@task
def prepare_month(provider_id: str, period: int, user_id: str, on: str) -> None:
    """Prepare a month of a provider, or go on with a run of it that was broken off.

    Args:
        provider_id: Whose month.
        period: The month, YYYYMM.
        user_id: Who prepares.
        on: Today, ISO.
    """
    order = RunOrder(period, (UUID(provider_id),), month_of(period).last)
    run(order=order, by=user_of(UUID(user_id)), on=date.fromisoformat(on))
