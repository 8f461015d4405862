"""When something is due: each deadline with the day it counts from, to whom, and why."""

from tugiplaan.rules.deadlines.authority import decision, gap_decision, place_offer
from tugiplaan.rules.deadlines.confirmations import hospital_confirmations, missing_confirmations
from tugiplaan.rules.deadlines.deadline import Addressee, Deadline, DeadlineCode
from tugiplaan.rules.deadlines.house import (
    component_report,
    contract_end_notice,
    contribution_debt,
    licence_notice,
    retention,
    statistics,
)
from tugiplaan.rules.deadlines.notices import NoticeCase, authority_notice, notices_for
from tugiplaan.rules.deadlines.plan import (
    activity_plan,
    end_notice,
    holds_last_invoice,
    quarterly_ratings,
    referral_deadlines,
    summary_assessments,
    yearly_assessments,
)
from tugiplaan.rules.deadlines.start import job_found, turn_up

__all__ = [
    "Addressee",
    "Deadline",
    "DeadlineCode",
    "NoticeCase",
    "activity_plan",
    "authority_notice",
    "component_report",
    "contract_end_notice",
    "contribution_debt",
    "decision",
    "end_notice",
    "gap_decision",
    "holds_last_invoice",
    "hospital_confirmations",
    "job_found",
    "licence_notice",
    "missing_confirmations",
    "notices_for",
    "place_offer",
    "quarterly_ratings",
    "referral_deadlines",
    "retention",
    "statistics",
    "summary_assessments",
    "turn_up",
    "yearly_assessments",
]
