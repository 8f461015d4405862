"""Laying a country: one act, one transaction, an empty database before it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps

from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.sample.country.ids import Ids
from tugiplaan.sample.country.loading import gather_statistics, hurried, unwatched
from tugiplaan.sample.country.plan import CountryPlan
from tugiplaan.sample.country.records import LABELS, Records
from tugiplaan.sample.country.society import Society


class DatabaseNotEmptyError(Exception):
    """There are providers already: nothing made-up is laid beside them."""


@dataclass(frozen=True)
class Laid:
    """What was laid.

    Attributes:
        services: How many persons get each service.
    """

    providers: int
    persons: int
    services: dict[str, int]
    hours: int
    components: int
    days: int

    @property
    def records(self) -> int:
        """All records together."""
        return self.hours + self.components + self.days


def lay(plan: CountryPlan, progress: Callable[[int], None] = lambda _count: None) -> Laid:
    """Lay a country into the database that is set up.

    All rows and their ids follow from the plan; only the event, its time and its id, which the
    rows carry, are of now. The tracked rows have their history, the lasting ones their digest.

    Args:
        plan: How large it is to be.
        progress: Called now and then with the number of records so far.

    Returns:
        What was laid.

    Raises:
        DatabaseNotEmptyError: There are providers in it.
        TableChangedError: A table of records has other columns than are written here.
    """
    if apps.get_model("providers.Provider")._base_manager.exists():
        raise DatabaseNotEmptyError(
            "The database holds providers already. A country is laid into an empty one only: "
            "name another by DATABASE_URL or TUGIPLAAN_DATA. Nothing was changed."
        )
    user, ids = operator(), Ids(plan.seed)
    why = "Näidisandmed mõõtmiseks: neid inimesi ei ole olemas."
    with hurried():
        with acting(by=user, name="sample.lay_country", why=why) as act:
            cases = list(Society(plan, ids, act).cases())
            with unwatched(LABELS):
                records = Records(plan, ids, act)
                for count in records.write(cases):
                    progress(count)
            act.details["seed"] = plan.seed
        gather_statistics()
    return Laid(
        providers=len(plan.sizes()),
        persons=len(cases),
        services=dict(Counter(case.service for case in cases)),
        hours=records.hours.count,
        components=records.components.count,
        days=records.days.count,
    )
