"""A country of people who do not exist, laid straight into an empty database, for measuring."""

from tugiplaan.sample.country.laying import DatabaseNotEmptyError, Laid, lay
from tugiplaan.sample.country.loading import TableChangedError
from tugiplaan.sample.country.plan import CountryPlan

__all__ = ["CountryPlan", "DatabaseNotEmptyError", "Laid", "TableChangedError", "lay"]
