"""Rounds: a team goes through standards and criteria, judges, and closes for ever."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.cast import TODAY, make_provider, make_user
from tests.referrals.rows import make_place
from tugiplaan.accounts.access import NotAllowedError, User
from tugiplaan.audit.queries import events_of, faults
from tugiplaan.providers.models import Provider
from tugiplaan.quality import actions
from tugiplaan.quality.actions import Found, Member, NewRound, UnableToAssessQualityError
from tugiplaan.quality.catalogue import EvidenceKind, standards, themes
from tugiplaan.quality.models import Assessor, Closing, CriteriaPack, Evidence, Round, Score
from tugiplaan.quality.packs import BadPackError, read_pack
from tugiplaan.quality.queries import (
    Level,
    Perspective,
    packs_of,
    pictures_of,
    round_of,
    round_view,
    rounds_of,
)

pytestmark = pytest.mark.django_db

PERIOD = NewRound(date(2026, 1, 1), date(2026, 5, 31))
PACK = """
code: oma
version: "1"
title: Omad kriteeriumid
licence: Asutuse enda tekst
criteria:
  - {number: 1.1.2, text: Trepil on käsipuu.}
  - {number: 1.1.1, text: Uksest pääseb ratastooliga.}
""".encode()


class Room:
    """A provider with a manager and a round."""

    def __init__(self, name: str = "Malle Maa") -> None:
        self.provider: Provider = make_provider()
        self.manager: User = make_user(name, "service_manager", self.provider)
        self.who: dict[str, Any] = {"by": self.manager, "on": TODAY}
        self.round: Round = actions.start_round(
            provider_id=self.provider.pk, new=PERIOD, **self.who
        )

    def join(self, name: str = "Ants Aru", of: Perspective = Perspective.USER) -> Assessor:
        return actions.add_assessor(round_=self.round, member=Member(name, of), **self.who)

    def judge(self, **found: Level) -> int:
        given = {number.replace("_", "."): Found(level) for number, level in found.items()}
        return actions.record_scores(round_=self.round, found=given, **self.who)

    def judge_all(self, level: Level = Level.FULL) -> None:
        numbers = [*standards(), *(one.number for one in themes())]
        found = {number: Found(level) for number in numbers}
        actions.record_scores(round_=self.round, found=found, **self.who)

    def close(self) -> Closing:
        return actions.close_round(round_=self.round, conclusion="Hea.", **self.who)


def test_there_are_five_themes_and_25_standards_in_three_languages() -> None:
    assert [theme.number for theme in themes()] == ["1", "2", "3", "4", "5"]
    assert [len(theme.standards) for theme in themes()] == [7, 5, 4, 5, 4]
    assert len(standards()) == 25
    for labels in [
        *(one.labels for one in themes()),
        *(one.labels for one in standards().values()),
    ]:
        assert set(labels) == {"et", "en", "ru"}
        assert all(labels.values())
    for theme in themes():
        assert all(one.number.startswith(f"{theme.number}.") for one in theme.standards)


def test_a_round_is_filled_closed_and_kept() -> None:
    room = Room()
    room.join()
    room.join("Mari Aru", Perspective.FAMILY)
    assert room.judge(**{"1_1": Level.NOT, "1": Level.PART}) == 2
    room.judge_all()
    closing = room.close()
    assert closing.day == TODAY
    view = round_view(round_of(room.provider.pk, room.round.pk), TODAY)
    assert view.closing == closing
    assert view.missing == ()
    assert [one.name for one in view.team] == ["Ants Aru", "Mari Aru"]
    assert view.themes[0].standards[0].score.level == Level.FULL  # type: ignore[union-attr]
    assert set(view.evidence) == set(EvidenceKind)
    names = [event.name for event in events_of(room.provider.pk)]
    assert "quality.close_round" in names
    assert list(faults()) == []


def test_what_is_said_again_is_not_stored_again_and_the_latest_counts() -> None:
    room = Room()
    assert room.judge(**{"1_1": Level.NOT}) == 1
    assert room.judge(**{"1_1": Level.NOT}) == 0
    assert room.judge(**{"1_1": Level.PART}) == 1
    assert Score.objects.count() == 2
    view = round_view(round_of(room.provider.pk, room.round.pk), TODAY)
    assert view.themes[0].standards[0].score.level == Level.PART  # type: ignore[union-attr]
    assert view.themes[0].score is None  # the theme is judged, never computed
    assert view.themes[0].judged == 1


def test_nothing_of_a_closed_round_changes() -> None:
    room = Room()
    member = room.join()
    room.judge_all()
    room.close()
    attempts = [
        lambda: room.judge(**{"1_1": Level.NOT}),
        lambda: room.join("Uus"),
        lambda: actions.remove_assessor(assessor=member, **room.who),
        room.close,
    ]
    for attempt in attempts:
        with pytest.raises(UnableToAssessQualityError, match="enam ei muudeta"):
            attempt()
    assert Assessor.objects.count() == 1
    assert Closing.objects.count() == 1


def test_a_round_is_not_closed_before_it_is_whole() -> None:
    room = Room()
    with pytest.raises(UnableToAssessQualityError, match="Meeskonnas"):
        room.close()
    room.join()
    with pytest.raises(UnableToAssessQualityError, match=r"Hindamata on 30: 1\.1, 1\.2"):
        room.close()
    room.judge_all()
    with pytest.raises(UnableToAssessQualityError, match="kokkuvõte"):
        actions.close_round(round_=room.round, conclusion=" ", **room.who)
    with pytest.raises(UnableToAssessQualityError, match=r"lõpeb alles 31\.05\.2026"):
        actions.close_round(
            round_=room.round, conclusion="Hea.", by=room.manager, on=date(2026, 5, 30)
        )
    assert not Closing.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("new", "part"),
    [
        (NewRound(date(2026, 2, 2), date(2026, 2, 1)), "enne esimest"),
        (NewRound(date(2026, 6, 16), date(2026, 7, 1)), "tulevikus"),
        (NewRound(date(2026, 1, 1), TODAY, place_id=UUID(int=7)), "See koht"),
        (NewRound(date(2026, 1, 1), TODAY, pack_id=UUID(int=7)), "kriteeriumide fail"),
    ],
)
def test_a_round_that_cannot_be_is_refused(new: NewRound, part: str) -> None:
    provider = make_provider()
    manager = make_user("Malle Maa", "service_manager", provider)
    with pytest.raises(UnableToAssessQualityError, match=part):
        actions.start_round(provider_id=provider.pk, new=new, by=manager, on=TODAY)
    assert not Round.objects.exists()


def test_a_place_of_another_provider_cannot_be_assessed() -> None:
    place = make_place(make_provider("Teine OÜ"), "K1")
    provider = make_provider()
    manager = make_user("Malle Maa", "service_manager", provider)
    new = NewRound(date(2026, 1, 1), TODAY, place_id=place.pk)
    with pytest.raises(UnableToAssessQualityError, match="See koht"):
        actions.start_round(provider_id=provider.pk, new=new, by=manager, on=TODAY)


def test_a_strangers_and_a_supervisors_hand_is_stopped() -> None:
    room = Room()
    other = make_user("Kalle Kask", "director", make_provider("Teine OÜ"))
    supervisor = make_user("Siim Saar", "activity_supervisor", room.provider)
    for user in (other, supervisor):
        with pytest.raises(NotAllowedError):
            actions.start_round(provider_id=room.provider.pk, new=PERIOD, by=user, on=TODAY)
        with pytest.raises(NotAllowedError):
            actions.record_scores(
                round_=room.round, found={"1": Found(Level.FULL)}, by=user, on=TODAY
            )
        with pytest.raises(NotAllowedError):
            actions.bring_criteria(provider_id=room.provider.pk, data=PACK, by=user, on=TODAY)
    assert not Score.objects.exists()


def test_a_number_that_is_not_there_and_a_name_twice_are_refused() -> None:
    room = Room()
    with pytest.raises(UnableToAssessQualityError, match=r"1\.9"):
        room.judge(**{"1_9": Level.FULL})
    with pytest.raises(UnableToAssessQualityError, match=r"1\.1\.1"):
        room.judge(**{"1_1_1": Level.FULL})  # a criterion, and the round goes by none
    with pytest.raises(UnableToAssessQualityError, match="Taset"):
        actions.record_scores(
            round_=room.round,
            found={"1": Found("XX")},  # type: ignore[arg-type]  # as a forged form sends it
            **room.who,
        )
    room.join()
    with pytest.raises(UnableToAssessQualityError, match="juba meeskonnas"):
        room.join()
    with pytest.raises(UnableToAssessQualityError, match="nimi"):
        room.join(" ")
    assert not Score.objects.exists()


def test_somebody_may_leave_the_team() -> None:
    room = Room()
    actions.remove_assessor(assessor=room.join(), **room.who)
    assert not Assessor.objects.exists()
    assert list(faults()) == []


def test_criteria_are_brought_and_must_all_be_scored() -> None:
    room = Room()
    pack = actions.bring_criteria(provider_id=room.provider.pk, data=PACK, **room.who)
    assert list(packs_of(room.provider.pk)) == [pack]
    new = NewRound(PERIOD.first_day, PERIOD.last_day, pack_id=pack.pk)
    room.round = actions.start_round(provider_id=room.provider.pk, new=new, **room.who)
    room.join()
    room.judge_all()
    with pytest.raises(UnableToAssessQualityError, match=r"Hindamata on 2: 1\.1\.1, 1\.1\.2"):
        room.close()
    room.judge(**{"1_1_1": Level.FULL, "1_1_2": Level.NONE})
    view = round_view(round_of(room.provider.pk, room.round.pk), TODAY)
    first = view.themes[0].standards[0]
    assert [one.number for one, _ in first.criteria] == ["1.1.1", "1.1.2"]
    assert first.missing == 0
    room.close()
    with pytest.raises(UnableToAssessQualityError, match="juba olemas"):
        actions.bring_criteria(provider_id=room.provider.pk, data=PACK, **room.who)
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (("licence: Asutuse enda tekst", "licence: ''"), "licence: kirjuta, millise loaga"),
        (("number: 1.1.1", "number: 1.9.1"), r"criteria\[2\]\.number: standardit 1\.9 ei ole"),
        (("number: 1.1.1", "number: '1.1'"), r"criteria\[2\]\.number: „1\.1“ ei ole kujul"),
        (("number: 1.1.1", "number: 1.1.2"), r"criteria\[2\]\.number: number 1\.1\.2 on juba"),
        (("text: Trepil on käsipuu.", "text: ' '"), r"criteria\[1\]\.text: väli on tühi"),
        (("title: Omad kriteeriumid", "title: [}"), "rida 4"),
        (("criteria:", "muu:"), "criteria: siin peab olema"),
        (('version: "1"', "version: ''"), "version: väli on tühi"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_with_the_place(
    change: tuple[str, str], part: str
) -> None:
    room = Room()
    text = PACK.decode()
    assert change[0] in text
    data = text.replace(*change).encode()
    with pytest.raises(BadPackError, match=part):
        actions.bring_criteria(provider_id=room.provider.pk, data=data, **room.who)
    assert not CriteriaPack.objects.exists()


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"- 1", b"a: 2026-99-99", b"x" * 1_000_001, b"[" * 100_000, b"criteria: 5"],
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadPackError):
        read_pack(data)


def test_year_on_year_nothing_is_averaged() -> None:
    room = Room()
    room.join()
    room.judge_all(Level.PART)
    room.judge(**{"1_1": Level.NOT})
    room.close()
    (picture,) = pictures_of(room.provider.pk, None)
    assert picture.count(Level.PART) == 24
    assert picture.count(Level.NOT) == 1
    assert picture.levels["1"] == Level.PART
    assert pictures_of(room.provider.pk, room.round.pk) == []


def test_reading_asks_the_same_number_of_queries(django_assert_num_queries: object) -> None:
    room = Room()
    assert callable(django_assert_num_queries)
    for extra in (0, 20):
        for number in range(extra):
            room.join(f"Nimi {number}")
            actions.start_round(provider_id=room.provider.pk, new=PERIOD, **room.who)
        with django_assert_num_queries(1):
            assert len([one.place for one in rounds_of(room.provider.pk)]) == extra + 1
        with django_assert_num_queries(1):
            round_ = round_of(room.provider.pk, room.round.pk)
        with django_assert_num_queries(10):
            round_view(round_, TODAY)
        with django_assert_num_queries(1):
            pictures_of(room.provider.pk, None)
