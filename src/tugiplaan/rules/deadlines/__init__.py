"""When something is due: each deadline with the day it counts from, to whom, and why."""

from tugiplaan.rules.deadlines.authority import (
    decision,
    ending_decision,
    gap_decision,
    place_offer,
    queue_contact,
    queue_start,
)
from tugiplaan.rules.deadlines.confirmations import hospital_confirmations, missing_confirmations
from tugiplaan.rules.deadlines.deadline import Addressee, Deadline, DeadlineCode
from tugiplaan.rules.deadlines.house import (
    accounting_retention,
    component_report,
    contract_application,
    contract_end_notice,
    contract_signing,
    contribution_debt,
    licence_notice,
    new_places,
    retention,
    statistics,
)
from tugiplaan.rules.deadlines.notices import NoticeCase, authority_notice, notices_for
from tugiplaan.rules.deadlines.plan import (
    activity_plan,
    end_notice,
    handover,
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
    "accounting_retention",
    "activity_plan",
    "authority_notice",
    "component_report",
    "contract_application",
    "contract_end_notice",
    "contract_signing",
    "contribution_debt",
    "decision",
    "end_notice",
    "ending_decision",
    "gap_decision",
    "handover",
    "holds_last_invoice",
    "hospital_confirmations",
    "job_found",
    "licence_notice",
    "missing_confirmations",
    "new_places",
    "notices_for",
    "place_offer",
    "quarterly_ratings",
    "queue_contact",
    "queue_start",
    "referral_deadlines",
    "retention",
    "statistics",
    "summary_assessments",
    "turn_up",
    "yearly_assessments",
]
