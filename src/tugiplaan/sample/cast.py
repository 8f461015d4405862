"""Knows who is in a sample: a showcase of 42 persons first, then a mix at usual rates."""

from collections.abc import Callable
from functools import partial
from itertools import accumulate
from random import Random

from tugiplaan.sample import absences, arrivals, steady, volumes
from tugiplaan.sample.components import Cohort, Part
from tugiplaan.sample.scene import Scene

# A play makes one person with all rows about that person.
Play = Callable[[], None]


class Cast:
    """Gives one play for each person, the showcase in mixed order before the rest."""

    def __init__(self, scene: Scene, cohort: Cohort) -> None:
        """Mix the showcase.

        Args:
            scene: What is shared.
            cohort: Where persons with component services gather.
        """
        self._rng: Random = scene.rng
        self._showcase = [*_events(scene, cohort), *_everyday(scene, cohort)]
        self._rng.shuffle(self._showcase)
        weighted = [*_frequent(scene, cohort), *_rare(scene, cohort)]
        self._plays = [play for _, play in weighted]
        self._cumulated = list(accumulate(weight for weight, _ in weighted))

    def play(self) -> None:
        """Play one more person."""
        if self._showcase:
            self._showcase.pop()()
        else:
            self._rng.choices(self._plays, cum_weights=self._cumulated)[0]()


def _events(scene: Scene, cohort: Cohort) -> list[Play]:
    """One person for every kind of event, some with several."""
    return [
        partial(arrivals.overlapping, scene),
        partial(arrivals.term_over, scene),
        partial(arrivals.late, scene, "KE"),
        partial(arrivals.no_show, scene, "IET", is_closed=True),
        partial(arrivals.no_show, scene, "KE", is_closed=False),
        partial(arrivals.moved, scene, is_into_small_place=True),
        partial(arrivals.started, scene, "KE"),
        partial(arrivals.ended, scene, "KE", "moved"),
        partial(arrivals.ended, scene, "OEH", "death"),
        partial(absences.absent, scene, "KE"),
        partial(absences.away_too_long, scene),
        partial(absences.in_hospital, scene, "AA", is_confirmed=True, house="LE12"),
        partial(absences.in_hospital, scene, "ER", is_confirmed=False),
        partial(absences.tuberculosis, scene),
        partial(volumes.below_minimum, scene, is_double_booked=True),
        partial(volumes.non_use, scene),
        partial(volumes.too_many_units, scene),
        partial(volumes.unused_units, scene),
        partial(cohort.join, Part.CEILING_OVER),
        partial(cohort.join, Part.BASE_CONTENT),
        partial(cohort.join, Part.PARALLEL),
        partial(cohort.join, Part.FAMILY),
    ]


def _everyday(scene: Scene, cohort: Cohort) -> list[Play]:
    """The rest of the showcase: every service and variant, and every reason of an earlier end."""
    return [
        partial(steady.steady, scene, "IET", earlier_end="term"),
        partial(steady.steady, scene, "IET", earlier_end="non_use"),
        partial(steady.steady, scene, "IET", "AUT"),
        partial(steady.steady, scene, "IET", "INT"),
        partial(steady.steady, scene, "IET", "INTM"),
        partial(steady.steady, scene, "TTT", earlier_end="contract_end"),
        partial(steady.steady, scene, "TTT"),
        partial(steady.steady, scene, "TE", earlier_end="person_wish"),
        partial(steady.two_services, scene, "IET", "TTT"),
        partial(steady.two_services, scene, "TTT", "KE"),
        partial(steady.steady, scene, "KE"),
        partial(steady.adapting, scene),
        partial(steady.steady, scene, "OEH", earlier_end="decision_annulled", house="small"),
        partial(steady.steady, scene, "OEH", "ER", earlier_end="court_ended", house="G10"),
        partial(steady.steady, scene, "OEH", "AUT"),
        partial(steady.new_autism_place, scene),
        partial(steady.steady, scene, "OEH", "KM"),
        partial(steady.steady, scene, "OEH", house="small"),
        partial(cohort.join, Part.CEILING_NEAR),
        partial(cohort.join, Part.PLAIN),
    ]


def _frequent(scene: Scene, cohort: Cohort) -> list[tuple[float, Play]]:
    """Persons to whom nothing happens, by their share in per cent."""
    return [
        (17.0, partial(steady.steady, scene, "IET")),
        (1.0, partial(steady.steady, scene, "IET", earlier_end="term")),
        (0.5, partial(steady.steady, scene, "IET", "AUT")),
        (0.5, partial(steady.steady, scene, "IET", "INT")),
        (0.5, partial(steady.steady, scene, "IET", "INTM")),
        (8.0, partial(steady.steady, scene, "TTT")),
        (0.5, partial(steady.steady, scene, "TTT", earlier_end="contract_end")),
        (7.0, partial(steady.steady, scene, "TE")),
        (3.0, partial(steady.two_services, scene, "IET", "TTT")),
        (2.0, partial(steady.two_services, scene, "TTT", "KE")),
        (9.0, partial(steady.steady, scene, "KE")),
        (2.5, partial(steady.steady, scene, "PNH")),
        (0.5, partial(steady.adapting, scene)),
        (10.0, partial(steady.steady, scene, "OEH")),
        (2.0, partial(steady.steady, scene, "OEH", "ER")),
        (0.3, partial(steady.steady, scene, "OEH", "ER", earlier_end="court_ended")),
        (2.0, partial(steady.steady, scene, "OEH", "AA")),
        (0.5, partial(steady.steady, scene, "OEH", "AUT")),
        (0.7, partial(steady.steady, scene, "OEH", "KM")),
        (12.0, partial(cohort.join, Part.PLAIN)),
        (1.0, partial(cohort.join, Part.CEILING_NEAR)),
    ]


def _rare(scene: Scene, cohort: Cohort) -> list[tuple[float, Play]]:
    """Persons to whom something happens, by their share in per cent."""
    return [
        (1.5, partial(arrivals.started, scene, "IET")),
        (0.5, partial(arrivals.started, scene, "TE")),
        (1.0, partial(arrivals.started, scene, "KE")),
        (0.5, partial(arrivals.started, scene, "OEH")),
        (0.8, partial(arrivals.ended, scene, "TTT", "person_wish")),
        (0.5, partial(arrivals.ended, scene, "TE", "term")),
        (0.5, partial(arrivals.ended, scene, "KE", "moved")),
        (0.5, partial(arrivals.ended, scene, "OEH", "death")),
        (0.2, partial(arrivals.ended, scene, "IET", "contract_end")),
        (0.2, partial(arrivals.ended, scene, "KE", "decision_annulled")),
        (0.1, partial(arrivals.ended, scene, "OEH", "court_ended", "KM")),
        (1.0, partial(arrivals.moved, scene, is_into_small_place=False)),
        (0.7, partial(arrivals.no_show, scene, "IET", is_closed=True)),
        (0.5, partial(arrivals.no_show, scene, "KE", is_closed=False)),
        (0.7, partial(arrivals.late, scene, "TE")),
        (0.3, partial(arrivals.overlapping, scene)),
        (0.7, partial(arrivals.term_over, scene)),
        (1.5, partial(absences.absent, scene, "KE")),
        (1.5, partial(absences.day_away, scene, "OEH")),
        (0.7, partial(absences.away_too_long, scene)),
        (0.7, partial(absences.in_hospital, scene, "", is_confirmed=True)),
        (0.7, partial(absences.in_hospital, scene, "", is_confirmed=False)),
        (0.3, partial(absences.tuberculosis, scene)),
        (1.5, partial(volumes.below_minimum, scene, is_double_booked=False)),
        (0.7, partial(volumes.below_minimum, scene, is_double_booked=True)),
        (0.7, partial(volumes.non_use, scene)),
        (0.5, partial(volumes.too_many_units, scene)),
        (0.7, partial(volumes.unused_units, scene)),
        (0.5, partial(cohort.join, Part.CEILING_OVER)),
        (0.5, partial(cohort.join, Part.BASE_CONTENT)),
        (0.5, partial(cohort.join, Part.PARALLEL)),
    ]
