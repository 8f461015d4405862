"""For each thing that an address names, one that is there at a provider of the demo."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.browser.conftest import DAY
from tugiplaan.accounts.access import User
from tugiplaan.accounts.models import Caseload, Grant
from tugiplaan.assessments.models import Answer, Assessment, AssessmentDraft
from tugiplaan.audit.rows import new_id
from tugiplaan.billing.models import (
    ActualCost,
    ContributionAgreement,
    ContributionBill,
    GapDecision,
    Invoice,
    Payment,
    RoomCharge,
)
from tugiplaan.delivery.models import (
    Assignment,
    Consultation,
    Contact,
    HourRecord,
    Incident,
    Isolation,
    Movement,
    ShiftNote,
)
from tugiplaan.documents.models import Document, Paper, PaperSent
from tugiplaan.people.models import Consent, NetworkMember, Person, Representative
from tugiplaan.people.queries import visible_to
from tugiplaan.plans.models import Plan, Review, Summary
from tugiplaan.pricelists.models import ComponentPrice
from tugiplaan.providers.models import (
    Course,
    Licence,
    MonthBook,
    Place,
    Position,
    Staff,
    Supervision,
)
from tugiplaan.quality.models import Assessor, Complaint, Improvement, Round
from tugiplaan.referrals.models import (
    Absence,
    Confirmation,
    Move,
    OfferAnswer,
    PlaceOffer,
    Referral,
    StayDay,
    Transfer,
    Waiting,
    WaitingEvent,
)

type Find = Callable[[UUID, User], Any]


def _first(model: Any, **where: Any) -> Find:
    def find(provider_id: UUID, user: User) -> Any:  # noqa: ARG001 - all finders are called alike
        row = model.objects.filter(provider_id=provider_id, **where).order_by("pk").first()
        return row.pk if row else new_id()

    return find


def _person(provider_id: UUID, user: User) -> Any:
    """Give somebody whom the user may see, else anybody of the provider."""
    seen = visible_to(user, DAY).filter(provider_id=provider_id).first()
    return seen.pk if seen else _anybody(provider_id)


def _anybody(provider_id: UUID) -> Any:
    return Person.objects.filter(provider_id=provider_id).order_by("pk").first().pk  # type: ignore[union-attr]


EXAMPLES: dict[str, Find] = {
    "person_id": _person,
    "record_id": _first(HourRecord),
    "period": lambda provider_id, user: _month(provider_id),  # noqa: ARG005
    "number": lambda provider_id, user: 1,  # noqa: ARG005
    "invoice_id": _first(Invoice),
    "payment_id": _first(Payment),
    "place_id": _first(Place),
    "round_id": _first(Round),
    "assessor_id": _first(Assessor),
    "improvement_id": _first(Improvement),
    "complaint_id": _first(Complaint),
    "licence_id": _first(Licence),
    "price_id": _first(ComponentPrice),
    "staff_id": _first(Staff),
    "setup_supervision_end.staff_id": lambda provider_id, user: _trainee(provider_id),  # noqa: ARG005
    "supervision_id": _first(Supervision),
    "position_id": _first(Position),
    "course_id": _first(Course),
    "user_id": lambda provider_id, user: _user(provider_id),  # noqa: ARG005
    "grant_id": _first(Grant),
    "person_speaker_end.row_id": _first(Representative),
    "person_member_end.row_id": _first(NetworkMember),
    "person_consent_withdraw.row_id": _first(Consent),
    "person_document.row_id": _first(Document),
    "person_document_replace.row_id": _first(Document),
    "person_document_withdraw.row_id": _first(Document),
    "going_correct.row_id": _first(Movement),
    "going_cancel.row_id": _first(Movement),
    "stay_day_correct.row_id": _first(StayDay),
    "stay_day_cancel.row_id": _first(StayDay),
    "move_cancel.row_id": _first(Move),
    "absence_correct.row_id": _first(Absence),
    "absence_cancel.row_id": _first(Absence),
    "confirmation_cancel.row_id": _first(Confirmation),
    "incident_correct.row_id": _first(Incident),
    "incident_cancel.row_id": _first(Incident),
    "isolation_of.row_id": _first(Isolation),
    "diary_correct.row_id": _first(ShiftNote),
    "diary_cancel.row_id": _first(ShiftNote),
    "take_over.row_id": _first(ShiftNote),
    "bill_id": _first(ContributionBill),
    "gap_id": _first(GapDecision),
    "agreement_id": _first(ContributionAgreement),
    "cost_id": _first(ActualCost),
    "charge_id": _first(RoomCharge),
    "case_id": _first(Caseload),
    "referral_id": _first(Referral),
    "offer_id": _first(PlaceOffer),
    "answer_cancel.answer_id": _first(OfferAnswer),
    "waiting_id": _first(Waiting),
    "event_id": _first(WaitingEvent),
    "transfer_id": _first(Transfer),
    "plan_id": lambda provider_id, user: _plan(provider_id, user),
    "rating_correct.row_id": lambda provider_id, user: _rating(provider_id, user),
    "draft_id": _first(AssessmentDraft, assessment=None),
    "assessment.row_id": _first(Assessment),
    "assessment_correct.row_id": _first(Assessment),
    "answer_id": _first(Answer),
    "assessment_fill.view": lambda provider_id, user: "specialist",  # noqa: ARG005
    "assessment_fill.domain": lambda provider_id, user: "1",  # noqa: ARG005
    "setup_instrument_file.name": lambda provider_id, user: "satisfaction",  # noqa: ARG005
    "contact_id": _first(Contact),
    "consultation_id": _first(Consultation),
    "task_id": _first(Assignment),
    "summary_id": _first(Summary),
    "summary_of_referral.referral_id": _first(Referral),
    "summary_of_plan.plan_id": _first(Plan, referral=None),
    "paper_id": _first(Paper),
    "sending_id": _first(PaperSent),
}


def _month(provider_id: UUID) -> int:
    """Give the last month that was issued; its pages all have something to show."""
    book = MonthBook.objects.filter(provider_id=provider_id, state="issued").last()
    return book.period if book else 202608


def _trainee(provider_id: UUID) -> Any:
    row = Supervision.objects.filter(provider_id=provider_id).order_by("pk").first()
    return row.staff_id if row else new_id()


def _plan(provider_id: UUID, user: User) -> Any:
    """Give a plan of the person whom `_person` gives."""
    theirs = Plan.objects.filter(provider_id=provider_id, person_id=_person(provider_id, user))
    found = theirs.order_by("pk").first()
    return found.pk if found else new_id()


def _rating(provider_id: UUID, user: User) -> Any:
    rows = Review.objects.filter(plan_id=_plan(provider_id, user)).current()
    found = rows.order_by("pk").first()
    return found.pk if found else new_id()


def _user(provider_id: UUID) -> Any:
    return Grant.objects.filter(provider_id=provider_id).order_by("pk").first().user_id  # type: ignore[union-attr]


def example(name: str, key: str, provider_id: UUID, user: User) -> Any:
    """Give what `key` names in the address `name`, at a provider, for a user to see.

    Raises:
        KeyError: Nobody said yet what it names: add it above.
    """
    find = EXAMPLES.get(f"{name}.{key}") or EXAMPLES[key]
    return find(provider_id, user)
