"""Workers whose training is not finished: who supervises them, and what to tell of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.accounts.queries import in_force
from tugiplaan.providers.models import Staff, Supervision
from tugiplaan.providers.queries.staff import WorkerState, staff_of, state_of_worker
from tugiplaan.rules.staffing import TrainingCaution, training_cautions


def supervisions_of(staff: Staff) -> QuerySet[Supervision]:
    """Give who supervised a worker, the latest first, with the supervisors."""
    found = Supervision.objects.filter(staff=staff).select_related("supervisor")
    return found.order_by("-valid_from", "-id")


def supervisors_on(provider_id: UUID, day: date) -> dict[UUID, Staff]:
    """Give who supervises each supervised worker on a day, by the id of the worker.

    A supervisor who has left supervises nobody. One query.
    """
    works = Q(supervisor__valid_to__isnull=True) | Q(supervisor__valid_to__gte=day)
    rows = Supervision.objects.filter(in_force(day), works, provider_id=provider_id)
    found = rows.select_related("supervisor").order_by("valid_from", "id")
    return {row.staff_id: row.supervisor for row in found}


@dataclass(frozen=True, slots=True)
class TraineeState:
    """How far a worker is, and what to tell of it.

    Attributes:
        supervisor: Who supervises the worker on the day; None: nobody.
        cautions: Of all services of the positions held, each once.
    """

    state: WorkerState
    supervisor: Staff | None
    cautions: tuple[TrainingCaution, ...]


def trainee_of(state: WorkerState, supervisor: Staff | None) -> TraineeState:
    """Say what is to be told of a worker.

    Law: SHS § 86(1), R38 §§ 2–3.
    """
    told = [
        caution
        for found in state.by_service.values()
        for caution in training_cautions(found, is_supervised=supervisor is not None)
    ]
    return TraineeState(state, supervisor, tuple(one for one in TrainingCaution if one in told))


def own_training(provider_id: UUID, user_id: UUID, day: date) -> TraineeState | None:
    """Give how far the worker is who logs in as a user.

    Args:
        provider_id: At which provider.
        user_id: Who is logged in.
        day: The day.

    Returns:
        The state; None: the user is no worker here on the day. At most five queries.

    Raises:
        NotInForceError: The training rules of that day are not known.
    """
    staff = staff_of(provider_id, day).filter(user_id=user_id).first()
    if staff is None:
        return None
    return trainee_of(state_of_worker(staff, day), supervisors_on(provider_id, day).get(staff.pk))
