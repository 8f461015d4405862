"""Whose pages somebody opened last, as the audit remembers it."""

from datetime import timedelta

from tugiplaan.audit.queries import persons_read_by
from tugiplaan.people.queries import Person
from tugiplaan.web.desk import Desk
from tugiplaan.web.people.reach import reached

_SHOWN = 8
_DAYS = timedelta(days=30)


def recently_opened(desk: Desk) -> list[Person]:
    """Give the persons whose pages who looks opened last, the latest first. Two queries."""
    opened = persons_read_by(desk.provider_id, desk.user.pk, "web.person", desk.day - _DAYS, _SHOWN)
    known = reached(desk).in_bulk(opened)
    return [known[pk] for pk in opened if pk in known]
