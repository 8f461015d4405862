"""The last days of a home of the demo: its diary, who went out, and something that happened."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tugiplaan.delivery.actions.care import Happening, report_incident
from tugiplaan.delivery.actions.home import (
    Going,
    Shift,
    record_movement,
    take_over,
    write_shift_note,
)
from tugiplaan.delivery.queries.home import MovementKind, ShiftKind
from tugiplaan.sample.demo.stage import House, Stage

LIVES_AT = "hooldekodu"
_HOME = ZoneInfo("Europe/Tallinn")
_PLACE = "SUUR"
_YESTERDAY = timedelta(days=1)


def live_last_days(stage: Stage, house: House) -> None:
    """Let the shifts of a home write and hand over, and people go out and come back."""
    today = stage.today
    _diary(house, today)
    _goings(house, today)
    happening = Happening(
        person_id=house.guests["S6"].person.pk,
        happened_at=moment(today - 2 * _YESTERDAY, "17:40"),
        kind="kukkumine",
        text="Kukkus koridoris märja põranda tõttu. Vigastusi ei olnud.",
        measures="Vaatasime üle, rahustasime, teavitasime õde. Põrand kuivatati.",
        place_id=house.places[_PLACE],
    )
    by = house.users["T2"]
    report_incident(provider_id=house.provider_id, happening=happening, by=by, on=today)


def _diary(house: House, today: date) -> None:
    day, night = ShiftKind.DAY, ShiftKind.NIGHT
    place, by = house.places[_PLACE], house.users["T2"]
    written = (
        (2, night, "S3", "Magas halvasti, soovis mitu korda rääkida.", ""),
        (
            1,
            day,
            "",
            "Küpsetasime koos pannkooke. Päev oli rahulik.",
            "Külmkapi uks ei sulgu hästi.",
        ),
        (1, day, "S1", "Istutas koos minuga sibullilli ja oli rõõmus.", ""),
        (1, day, "S2", "Käis arsti juures.", "Uus ravi algab täna õhtul: vaata raviplaani."),
        (1, night, "", "Öö oli rahulik.", "Hommikul tuleb elektrik kell 9."),
    )
    for ago, shift, key, text, hand_over in written:
        person_id = house.guests[key].person.pk if key else None
        note = Shift(place, today - ago * _YESTERDAY, shift, text, hand_over, person_id)
        row = write_shift_note(provider_id=house.provider_id, shift=note, by=by, on=today)
        if "Külmkapi" in hand_over:
            taken_at = moment(today - _YESTERDAY, "20:05")
            take_over(note=row, now=taken_at, by=house.manager, on=today)


def _goings(house: House, today: date) -> None:
    out, back = MovementKind.OUT, MovementKind.IN
    place, now = house.places[_PLACE], moment(today, "23:59")
    gone = (
        ("S5", out, today - _YESTERDAY, "10:00", "raamatukogu", "12:30"),
        ("S5", back, today - _YESTERDAY, "12:20", "", ""),
        ("S4", out, today, "07:10", "pood", "08:00"),
        ("S1", out, today, "07:30", "õe juures", "18:00"),
    )
    for key, way, day, clock, where_to, until in gone:
        going = Going(
            person_id=house.guests[key].person.pk,
            place_id=place,
            kind=way,
            at=moment(day, clock),
            where_to=where_to,
            expected_at=moment(day, until) if until else None,
        )
        by = house.users["T2"]
        record_movement(provider_id=house.provider_id, going=going, now=now, by=by, on=today)


def moment(day: date, clock: str) -> datetime:
    """Give a time of the clock on a day, at home."""
    return datetime.combine(day, time.fromisoformat(clock), _HOME)
