"""Recording referrals and stays."""

from tugiplaan.referrals.actions.absences import (
    Away,
    UnableToRecordAbsenceError,
    cancel_absence,
    correct_absence,
    record_absence,
)
from tugiplaan.referrals.actions.confirmations import (
    Confirmed,
    UnableToConfirmError,
    cancel_confirmation,
    correct_confirmation,
    record_confirmation,
)
from tugiplaan.referrals.actions.decisions import (
    Decision,
    UnableToReceiveError,
    change_referral,
    receive_referral,
)
from tugiplaan.referrals.actions.moves import (
    Moving,
    UnableToMoveError,
    cancel_move,
    correct_move,
    move,
)
from tugiplaan.referrals.actions.stays import (
    End,
    UnableToRecordStayError,
    agree_start,
    cancel_stay_day,
    correct_stay_day,
    end_stay,
    record_arrival,
)

__all__ = [
    "Away",
    "Confirmed",
    "Decision",
    "End",
    "Moving",
    "UnableToConfirmError",
    "UnableToMoveError",
    "UnableToReceiveError",
    "UnableToRecordAbsenceError",
    "UnableToRecordStayError",
    "agree_start",
    "cancel_absence",
    "cancel_confirmation",
    "cancel_move",
    "cancel_stay_day",
    "change_referral",
    "correct_absence",
    "correct_confirmation",
    "correct_move",
    "correct_stay_day",
    "end_stay",
    "move",
    "receive_referral",
    "record_absence",
    "record_arrival",
    "record_confirmation",
]
