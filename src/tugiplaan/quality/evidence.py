"""How many live records speak of what a round assesses."""

from datetime import date

from tugiplaan.assessments.queries.satisfaction import satisfaction_said
from tugiplaan.delivery.queries.care import incidents_since, isolations_since
from tugiplaan.people.queries import consents_given
from tugiplaan.plans.agreed import plans_agreed
from tugiplaan.providers.agreements import CourseKind
from tugiplaan.providers.queries import staff_with_course
from tugiplaan.quality.catalogue import EvidenceKind
from tugiplaan.quality.models import Complaint, Round
from tugiplaan.referrals.queries import persons_at


def counts_of(round_: Round, day: date) -> dict[EvidenceKind, int]:
    """Count the live records in the period of a round.

    Args:
        round_: Which round. Of a place: records of the persons who are served there on the last
            day of the period, or on `day` where that comes first; complaints about the place.
        day: Today.

    Returns:
        For each kind how many there were in the period; of e-training how many of those who
        work on its last day have passed it, whatever their place. At most nine queries.
    """
    provider_id, first, last = round_.provider_id, round_.first_day, min(round_.last_day, day)
    persons = persons_at(provider_id, [round_.place_id], last) if round_.place_id else None
    isolations = isolations_since(provider_id, first, persons)
    incidents = incidents_since(provider_id, first, persons)
    complaints = Complaint.objects.filter(
        provider_id=provider_id, received_on__gte=first, received_on__lte=last
    )
    if round_.place_id:
        complaints = complaints.filter(place_id=round_.place_id)
    return {
        EvidenceKind.ISOLATIONS: isolations.filter(started_at__date__lte=last).count(),
        EvidenceKind.INCIDENTS: incidents.filter(happened_at__date__lte=last).count(),
        EvidenceKind.CONSENTS: consents_given(provider_id, first, last, persons).count(),
        EvidenceKind.COMPLAINTS: complaints.count(),
        EvidenceKind.PLANS: plans_agreed(provider_id, first, last, persons).count(),
        EvidenceKind.SATISFACTION: satisfaction_said(provider_id, first, last, persons).count(),
        EvidenceKind.E_TRAINING: len(staff_with_course(provider_id, CourseKind.RIGHTS, last)),
    }
