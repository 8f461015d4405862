"""Which services may run at the same time for one person."""

from tugiplaan.rules.services import compatible_pairs
from tugiplaan.rules.vocabulary import Service


def may_run_together(one: Service, other: Service) -> bool:
    """Tell whether a person may receive two services on the same day.

    Args:
        one: A service.
        other: Another; the same service twice may not run together.

    Law: rule R-18; SHS §§ 88, 92, 95, 98, 99², 101.

    >>> may_run_together(Service.IET, Service.TTT), may_run_together(Service.KE, Service.IET)
    (True, False)
    """
    return frozenset((one, other)) in compatible_pairs()
