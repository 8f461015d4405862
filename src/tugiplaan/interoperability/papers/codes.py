"""Which papers there are. A notice bears the code of the deadline that its sending settles."""

from enum import StrEnum


class PaperKind(StrEnum):
    """Every paper, in the order in which a page offers them."""

    PLAN = "activity_plan"
    PLAIN_PLAN = "plain_plan"
    QUARTERLY = "quarterly_rating"
    YEARLY = "yearly_assessment"
    SUMMARY = "summary_assessment"
    TRANSFER = "transfer"
    ISOLATION = "isolation_protocol"
    END_NOTICE = "end_notice"
    WISH_TO_END = "wish_to_end"
    NON_USE = "non_use"
    NON_USE_IN_YEAR = "non_use_in_year"
    NO_SHOW = "no_show"
    DEATH = "death"
    MISFIT = "misfit"
    JOB_FOUND = "job_found"
    HOSPITAL = "hospital_confirmation"
    CONTRACT_END = "contract_end_notice"
