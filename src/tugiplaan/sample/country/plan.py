"""How large a country is: its persons, providers, months and records."""

from dataclasses import dataclass

from tugiplaan.rules.period import Month

_MOST_PROVIDERS = 60
_FEWEST_PERSONS = 5  # of a provider, where there are enough persons
# The largest provider has 180 times as many persons as the smallest: some 850 and 4 of 10,000.
_SPREAD = 180
_MOST_RECORDS_PER_PERSON = 200
_EARLIEST = Month(2026, 1)  # the sample's stays begin before, under the rates of 2026


@dataclass(frozen=True)
class CountryPlan:
    """What is to be laid.

    Attributes:
        persons: How many, at least 10.
        records: Hour, component and day records together; at least one a person and month, at
            most 200.
        months: Consecutive months; the last one is to be closed. From 2026-01 on.
        seed: The same seed, the same rows.
    """

    persons: int
    records: int
    months: tuple[Month, ...]
    seed: int

    def __post_init__(self) -> None:
        """Refuse what cannot be laid.

        Raises:
            ValueError: A number is out of its bounds.
        """
        if self.persons < 10:
            raise ValueError(f"a country has at least 10 persons: {self.persons}")
        if not self.months or self.months[0] < _EARLIEST:
            raise ValueError("the months of a country begin in 2026-01 at the earliest")
        person_months = self.persons * len(self.months)
        if not person_months <= self.records <= person_months * _MOST_RECORDS_PER_PERSON:
            raise ValueError(
                f"{self.persons} persons in {len(self.months)} months have from {person_months} "
                f"to {person_months * _MOST_RECORDS_PER_PERSON} records: {self.records}"
            )

    def records_of(self, number: int) -> int:
        """Give the records of a month by its place, from 0; all months together have them all."""
        share, rest = divmod(self.records, len(self.months))
        return share + (number >= len(self.months) - rest)

    def sizes(self) -> list[int]:
        """Give the persons of each provider, the largest first.

        >>> sizes = CountryPlan(10_000, 10_000, (Month(2026, 5),), 1).sizes()
        >>> (len(sizes), sum(sizes), sizes[0], sizes[-1])
        (60, 10000, 847, 4)
        """
        count = max(2, min(_MOST_PROVIDERS, self.persons // _FEWEST_PERSONS))
        weights = [_SPREAD ** (-number / (count - 1)) for number in range(count)]
        whole = sum(weights)
        sizes = [max(1, int(self.persons * weight / whole)) for weight in weights]
        left = self.persons - sum(sizes)
        for number in range(abs(left)):
            sizes[number % (count if left > 0 else 1)] += 1 if left > 0 else -1
        return sizes
