"""A month as plain files: facts read from a folder, results written to one."""

from tugiplaan.month_folder.folder import MonthFolder, read_folder
from tugiplaan.month_folder.problems import BadInputError, Phrase, Problem
from tugiplaan.month_folder.rates import read_rates
from tugiplaan.month_folder.results import ResultWriter

__all__ = [
    "BadInputError",
    "MonthFolder",
    "Phrase",
    "Problem",
    "ResultWriter",
    "read_folder",
    "read_rates",
]
