"""Changing accounts: users, grants, caseloads."""

from tugiplaan.accounts.actions.beginning import FirstUser, UnableToBeginError, begin
from tugiplaan.accounts.actions.caseloads import (
    Case,
    UnableToAssignCaseloadError,
    UnableToEndCaseloadError,
    assign_caseload,
    end_caseload,
)
from tugiplaan.accounts.actions.grants import (
    GrantTerms,
    UnableToEndGrantError,
    UnableToGrantError,
    end_grant,
    grant,
)
from tugiplaan.accounts.actions.own import (
    UnableToChangeOwnError,
    choose_language,
    confirm_address,
    keep_password,
    record_log_in,
)
from tugiplaan.accounts.actions.users import (
    OPERATOR_EMAIL,
    NewUser,
    UnableToAddUserError,
    UnableToSwitchUserError,
    add_user,
    operator,
    switch_off_user,
    switch_on_user,
)

__all__ = [
    "OPERATOR_EMAIL",
    "Case",
    "FirstUser",
    "GrantTerms",
    "NewUser",
    "UnableToAddUserError",
    "UnableToAssignCaseloadError",
    "UnableToBeginError",
    "UnableToChangeOwnError",
    "UnableToEndCaseloadError",
    "UnableToEndGrantError",
    "UnableToGrantError",
    "UnableToSwitchUserError",
    "add_user",
    "assign_caseload",
    "begin",
    "choose_language",
    "confirm_address",
    "end_caseload",
    "end_grant",
    "grant",
    "keep_password",
    "operator",
    "record_log_in",
    "switch_off_user",
    "switch_on_user",
]
