"""Gates, needs, comments and then-and-now of an instrument."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugiplaan.rules import scoring
from tugiplaan.rules.scoring import (
    AnswerChange,
    Domain,
    Gate,
    Instrument,
    Item,
    Part,
    Scale,
    ScaleKind,
)

BOTH = ("specialist", "person")
NEED = Scale(ScaleKind.NEED, {code: {} for code in (*"01234", "8", "9")}, asks_comment=True)
AROUND = Scale(
    ScaleKind.ENVIRONMENT,
    {str(degree): {} for degree in (*range(-4, 5), 8, 9)},
    asks_comment=True,
)
YES_NO = Scale(ScaleKind.CHOICE, {"yes": {"et": "jah"}, "no": {"et": "ei"}})
STAGE = Scale(ScaleKind.STAGE, {"1": {}, "2": {}})
RATING = Scale(ScaleKind.RATING, {code: {} for code in "123456789"})
TEXT = Scale(ScaleKind.TEXT, {"none": {"et": "ei ole"}})
TICK = Scale(ScaleKind.TICK, {"yes": {}})


def item(code: str, scale: Scale = NEED, views: tuple[str, ...] = BOTH) -> Item:
    return Item(code, {"et": f"{code}?"}, scale, views)


SPEECH = Part(
    "1.1",
    {"et": "Kõne"},
    (item("d330"), item("d350"), item("sobib", YES_NO)),
    Gate(item("ise", YES_NO), opens="no", sets="0"),
)
AROUND_PART = Part("1.2", {}, (item("e310", AROUND, ("specialist",)), item("hirm", TICK)))
WORK = Part("5.1", {}, (item("d845"),), Gate(item("seotud", YES_NO), opens="yes"))
FREE = Part("5.2", {}, (item("soov", TEXT),))
ONE = Domain("1", {"et": "Suhtlemine"}, (SPEECH, AROUND_PART))
FIVE = Domain("5", {"et": "Hõivatus"}, (WORK, FREE))
WHOLE = Instrument((ONE, FIVE), {"et": "Näidis"})


def test_the_questions_stand_in_order_each_gate_before_its_own() -> None:
    codes = ["ise", "d330", "d350", "sobib", "e310", "hirm", "seotud", "d845", "soov"]
    assert list(WHOLE.items) == codes
    assert WHOLE.views == BOTH


def test_an_independent_person_has_no_need_and_is_asked_no_more() -> None:
    said = {"ise": "yes"}
    assert scoring.settled(WHOLE, "person", said) == {"d330": "0", "d350": "0"}
    assert not SPEECH.is_open(said)
    assert scoring.settled(WHOLE, "person", {"ise": "no"}) == {}
    assert [one.code for one in scoring.unanswered(ONE, "person", said)] == []


def test_the_gate_of_occupation_is_the_other_way_round() -> None:
    assert WORK.is_open({"seotud": "yes"})
    assert not WORK.is_open({"seotud": "no"})
    assert scoring.settled(WHOLE, "person", {"seotud": "no"}) == {}
    assert [one.code for one in scoring.unanswered(FIVE, "person", {"seotud": "yes"})] == ["d845"]


def test_a_gate_without_answer_opens_and_sets_nothing() -> None:
    assert not SPEECH.is_open({})
    assert scoring.settled(WHOLE, "specialist", {}) == {}
    assert AROUND_PART.is_open({})


def test_what_is_not_answered_is_told_by_view_but_ticks_and_texts_may_stay_empty() -> None:
    asked = scoring.unanswered(ONE, "specialist", {"ise": "no", "d330": "1"})
    assert [one.code for one in asked] == ["d350", "sobib", "e310"]
    assert [one.code for one in scoring.unanswered(ONE, "relative", {})] == []
    assert [one.code for one in scoring.unanswered(ONE, "person", {})] == ["ise"]


@pytest.mark.parametrize(
    ("said", "closed"),
    [
        ({"ise": "yes", "d330": "0"}, []),
        ({"ise": "yes", "d330": "2"}, ["d330"]),
        ({"ise": "no", "d330": "2"}, []),
        ({"d330": "2"}, []),
        ({"seotud": "no", "d845": "0"}, ["d845"]),
        ({"seotud": "no"}, []),
        ({"e310": "4"}, []),
    ],
)
def test_answers_behind_a_closed_gate_are_found(said: dict[str, str], closed: list[str]) -> None:
    assert list(scoring.shut(WHOLE, said)) == closed


def test_a_comment_is_expected_above_nought_and_of_what_helps_or_hinders() -> None:
    said = {"d330": "1", "d350": "0", "e310": "-2", "d845": "9", "ise": "no"}
    found = scoring.uncommented(WHOLE, said, {"soov"})
    assert [one.code for one in found] == ["d330", "e310"]
    assert [one.code for one in scoring.uncommented(WHOLE, said, {"d330", "e310"})] == []


@pytest.mark.parametrize("value", ["0", "8", "9", ""])
def test_what_is_no_degree_above_nought_is_no_need(value: str) -> None:
    assert scoring.needs(ONE, {"person": {"d330": value}}) == []


def test_any_view_makes_a_need_and_surroundings_none() -> None:
    said = {"specialist": {"d330": "0", "e310": "-4"}, "person": {"d330": "1"}}
    assert [one.code for one in scoring.needs(ONE, said)] == ["d330"]
    assert ONE.parts[1].items[0].is_barrier("-4")
    assert not ONE.parts[1].items[0].is_barrier("4")
    assert not item("d330").is_barrier("-4")


@pytest.mark.parametrize(
    ("scale", "then", "now", "change"),
    [
        (NEED, "2", "1", "better"),
        (NEED, "1", "4", "worse"),
        (NEED, "8", "8", "same"),
        (NEED, "8", "1", "other"),
        (NEED, "1", "9", "other"),
        (NEED, "", "1", "new"),
        (NEED, "1", "", "gone"),
        (AROUND, "-1", "1", "better"),
        (AROUND, "4", "-4", "worse"),
        (RATING, "2", "9", "better"),
        (RATING, "9", "8", "worse"),
        (STAGE, "1", "2", "other"),
        (YES_NO, "yes", "no", "other"),
        (NEED, "0", "7", "other"),
    ],
)
def test_what_an_answer_is_beside_the_one_before(
    scale: Scale, then: str, now: str, change: str
) -> None:
    assert scoring.change(item("x", scale), then, now) == AnswerChange(change)


def test_a_word_on_a_rated_scale_is_no_degree() -> None:
    assert Scale(ScaleKind.NEED, {"low": {}}).degree("low") is None


@given(st.sampled_from([NEED, AROUND, RATING]), st.data())
def test_better_one_way_is_worse_the_other(scale: Scale, data: st.DataObject) -> None:
    then, now = (data.draw(st.sampled_from(sorted(scale.values))) for _ in range(2))
    turned = {AnswerChange.BETTER: AnswerChange.WORSE, AnswerChange.WORSE: AnswerChange.BETTER}
    there, back = (scoring.change(item("x", scale), *pair) for pair in ((then, now), (now, then)))
    assert back == turned.get(there, there)


def test_then_and_now_stand_side_by_side_by_view_and_old_questions_come_last() -> None:
    old = Instrument((Domain("1", {}, (Part("1", {}, (item("vana"), item("d845"))),)),))
    said = ({"person": {"vana": "2", "d845": "3"}}, {"person": {"d845": "1"}})
    rows = [row for row in scoring.compare((old, WHOLE), said, BOTH) if row.then or row.now]
    assert [(row.item.code, row.view, row.then, row.now, row.change) for row in rows] == [
        ("d845", "person", "3", "1", "better"),
        ("vana", "person", "2", "", "gone"),
    ]
    first = list(scoring.compare((None, old), ({}, said[0]), BOTH))
    assert [(row.item.code, row.view, row.change) for row in first if row.now] == [
        ("vana", "person", "new"),
        ("d845", "person", "new"),
    ]


def test_words_come_in_the_language_asked_or_the_first_there_is() -> None:
    assert (YES_NO.told("yes", "ru"), YES_NO.told("yes", "et")) == ("jah", "jah")
    assert (NEED.told("3", "et"), NEED.told("x", "et"), NEED.told("", "et")) == ("3", "x", "")
    assert (SPEECH.label("en"), ONE.label("et"), item("a").label("ru")) == (
        "Kõne",
        "Suhtlemine",
        "a?",
    )
    assert item("a", YES_NO).told("no", "et") == "ei"
    assert scoring.in_words({}, "et") == ""
