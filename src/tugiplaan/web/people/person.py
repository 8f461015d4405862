"""One person on one page: how it is going."""

from datetime import date
from typing import Any

from tugiplaan.accounts.queries import supervisors_of
from tugiplaan.people.queries import Person, speaking_for
from tugiplaan.providers.queries import places_of
from tugiplaan.referrals.queries import active_on, watched
from tugiplaan.web.people.reach import PersonPage
from tugiplaan.web.people.stays import stay_lines


def age_on(born: date, day: date) -> int:
    """Give how many years old somebody is.

    >>> age_on(date(1980, 5, 17), date(2026, 5, 16))
    45
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class PersonOverview(PersonPage):
    """Who it is, where they are, their referrals; the rest is fetched beside."""

    permission = "people.read"
    template = "web/people/person.html"

    def tell(self, person: Person) -> dict[str, Any]:
        desk = self.desk
        shown: dict[str, Any] = {
            "age": age_on(person.birth_date, desk.day),
            "speakers": speaking_for(person.pk, desk.day),
            "workers": supervisors_of(desk.provider_id, person.pk, desk.day),
        }
        if desk.may("referrals.read"):
            lines = stay_lines(watched(desk.provider_id, date.min, [person.pk]), desk.day, desk.law)
            shown["going"] = [one for one in lines if not one.is_over]
            shown["over"] = [one for one in lines if one.is_over]
            shown["places"] = self._places(person)
        return shown

    def _places(self, person: Person) -> dict[Any, str]:
        """Give the place of today for each referral, by its id. Two queries."""
        served = active_on(self.desk.provider_id, self.desk.day)
        now = [
            (one.pk, getattr(one, "place_now", None)) for one in served.filter(person_id=person.pk)
        ]
        names = dict(places_of(self.desk.provider_id).values_list("pk", "name"))
        return {referral: names[place] for referral, place in now if place in names}
