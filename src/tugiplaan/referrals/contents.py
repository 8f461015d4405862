"""What a decision that was kept, or is looked at, does not say although the law asks for it."""

from datetime import date

from tugiplaan.people.queries import RepresentativeKind, speaking_for
from tugiplaan.referrals.models import Referral
from tugiplaan.rules.contribution import OWN_CONTRIBUTION_SERVICES
from tugiplaan.rules.facts.decision import DecisionPart, Wanting, wanting_parts
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.vocabulary import Service, Variant


def wanting_of(referral: Referral, day: date) -> tuple[Wanting, ...]:
    """Say what is wanting in a decision.

    Args:
        referral: The decision with its person; it need not be stored.
        day: The day on which one asks who represents the person.

    Returns:
        Each part with its section. One query.

    Law: SHS § 71(2)–(3).
    """
    person = referral.person
    speakers = [
        one
        for one in speaking_for(person.merged_into_id or person.pk, day)
        if one.kind != RepresentativeKind.NEXT_OF_KIN
    ]
    volume = referral.planned_volume is not None and referral.volume_unit
    given = {
        DecisionPart.PERSON_CONTACTS: person.phone or person.email or person.address,
        DecisionPart.REPRESENTATIVE_CONTACTS: all(one.phone or one.email for one in speakers),
        DecisionPart.PURPOSE: referral.purpose.strip(),
        DecisionPart.VOLUME: volume,
        DecisionPart.COURT_ORDER: referral.court_order.strip(),
        DecisionPart.CONTRIBUTION: referral.contribution.strip(),
    }
    return wanting_parts(
        kind_of(Service(referral.service), Variant(referral.variant)),
        [part for part, told in given.items() if told],
        has_representative=bool(speakers),
        pays_contribution=Service(referral.service) in OWN_CONTRIBUTION_SERVICES,
    )
