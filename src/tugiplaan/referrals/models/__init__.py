"""The tables of referrals: decisions, stays, offers of places, who waits, changes of provider."""

from tugiplaan.referrals.models.offers import Answer, OfferAnswer, PlaceOffer
from tugiplaan.referrals.models.stays import (
    Absence,
    Confirmation,
    Move,
    Referral,
    StayDay,
    StayKind,
)
from tugiplaan.referrals.models.transfers import Handover, Transfer
from tugiplaan.referrals.models.waiting import Waiting, WaitingEvent, WaitingKind

__all__ = [
    "Absence",
    "Answer",
    "Confirmation",
    "Handover",
    "Move",
    "OfferAnswer",
    "PlaceOffer",
    "Referral",
    "StayDay",
    "StayKind",
    "Transfer",
    "Waiting",
    "WaitingEvent",
    "WaitingKind",
]
