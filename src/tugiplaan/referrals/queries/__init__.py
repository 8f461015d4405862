"""Reading referrals and stays: what the rules need, and what pages ask."""

from tugiplaan.referrals.queries.facts import (
    ReferralFacts,
    ended_early,
    facts_by_id,
    facts_of,
    kinds_of_referrals,
    persons_by_referral,
    referral_facts,
)
from tugiplaan.referrals.queries.stays import (
    Due,
    Stay,
    Waiting,
    active_on,
    ending_soon,
    persons_at,
    persons_at_places,
    referrals_of,
    served_at,
    stay_of,
    stays_of,
    visible_to,
    waiting_arrivals,
)

__all__ = [
    "Due",
    "ReferralFacts",
    "Stay",
    "Waiting",
    "active_on",
    "ended_early",
    "ending_soon",
    "facts_by_id",
    "facts_of",
    "kinds_of_referrals",
    "persons_at",
    "persons_at_places",
    "persons_by_referral",
    "referral_facts",
    "referrals_of",
    "served_at",
    "stay_of",
    "stays_of",
    "visible_to",
    "waiting_arrivals",
]
