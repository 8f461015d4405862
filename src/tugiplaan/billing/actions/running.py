"""Preparing a month for many providers: in worker processes, resumable wherever it was killed.

A run is a row with a part for each provider. A part and the statement that it came to are
written in one transaction; so a run that is killed goes on with the parts that are left, and
ends in what it would have ended in undisturbed.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connections
from django.utils import timezone

from tugiplaan.accounts.access import NotAllowedError, User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.billing.actions.preparing import UnableToPrepareError, keep_draft, settle_anew
from tugiplaan.billing.models import Run, RunPart
from tugiplaan.billing.workers import do_part_of, enter
from tugiplaan.referrals.queries import referral_counts

type Tell = Callable[[int, int], None]
"""Is told how many parts are done, and of how many."""


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What a run is to prepare.

    Attributes:
        period: The month, YYYYMM.
        provider_ids: For whom.
        as_of: The day from which the run looks; None: the last day of the month.
        workers: How many processes; 1: this one alone.
    """

    period: int
    provider_ids: Sequence[UUID]
    as_of: date
    workers: int = 1


def run(*, order: RunOrder, by: User, on: date, tell: Tell | None = None) -> Run:
    """Prepare a month for many providers, or go on with a run of it that was broken off.

    Args:
        order: Which month, for whom, in how many processes.
        by: Who prepares.
        on: Today.
        tell: Is told of the progress.

    Returns:
        The run, ended. Parts that could not be done carry the reason.

    Raises:
        NotAllowedError: `by` may not at one of the providers; then no part is done.
    """
    for provider_id in order.provider_ids:
        require(by, "billing.prepare", provider_id, on)
    begun = _begin(order, by)
    parts = RunPart.objects.filter(run=begun, statement__isnull=True, problem="")
    # The largest first, so that no worker is left alone with one at the end.
    sizes = referral_counts()
    found = parts.order_by("id").values_list("pk", "provider_id")
    todo = [pk for pk, _ in sorted(found, key=lambda part: -sizes.get(part[1], 0))]
    done = begun.total - len(todo)
    for _ in _work(todo, order.workers, by, on):
        done += 1
        Run.objects.filter(pk=begun.pk).update(done=done, beat_at=timezone.now())
        if tell:
            tell(done, begun.total)
    Run.objects.filter(pk=begun.pk).update(done=done, ended_at=timezone.now())
    begun.refresh_from_db()
    return begun


def _begin(order: RunOrder, by: User) -> Run:
    """Find the run that was broken off, or begin one."""
    open_runs = Run.objects.filter(period=order.period, as_of=order.as_of, ended_at__isnull=True)
    for found in open_runs.order_by("-started_at"):
        parts = RunPart.objects.filter(run=found).values_list("provider_id", flat=True)
        if set(parts) == set(order.provider_ids):
            return found
    now = timezone.now()
    begun = Run(
        period=order.period,
        as_of=order.as_of,
        by=by,
        total=len(order.provider_ids),
        started_at=now,
        beat_at=now,
    )
    with acting(by=by, name="billing.run") as act:
        begun.save(force_insert=True)
        RunPart.objects.bulk_create(
            [RunPart(run=begun, provider_id=provider) for provider in order.provider_ids]
        )
        act.details |= {"period": order.period, "providers": begun.total}
    return begun


def _work(parts: Sequence[UUID], workers: int, by: User, on: date) -> Iterator[UUID]:
    """Do the parts, in this process or in several; give each when it is done."""
    if workers <= 1 or len(parts) <= 1:
        for part in parts:
            do_part(part, by, on)
            yield part
        return
    # Open connections must not be shared with the children, nor kept while they work.
    connections.close_all()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        min(workers, len(parts)), context, initializer=enter, initargs=(os.getpid(),)
    ) as pool:
        futures = {pool.submit(do_part_of, part, by.pk, on): part for part in parts}
        for future in as_completed(futures):
            future.result()
            yield futures[future]


def do_part(part_id: UUID, by: User, on: date) -> None:
    """Prepare the month of one provider of a run; nothing where it is done already.

    Args:
        part_id: The part.
        by: Who prepares.
        on: Today.
    """
    part = RunPart.objects.select_related("run").get(pk=part_id)
    if part.statement_id is not None:
        return
    try:
        anew = settle_anew(part.provider_id, part.run.period, part.run.as_of, by, on)
    except (UnableToPrepareError, NotAllowedError) as error:
        RunPart.objects.filter(pk=part_id).update(problem=str(error))
        return
    with acting(by=by, name="billing.prepare", provider_id=part.provider_id) as act:
        # Another process may have done it meanwhile; then this one's work is for nothing.
        held = RunPart.objects.select_for_update().get(pk=part_id)
        if held.statement_id is None:
            RunPart.objects.filter(pk=part_id).update(statement=keep_draft(act, anew))
