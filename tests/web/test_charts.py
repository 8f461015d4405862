"""Charts as shapes: what is drawn, how high, and where it leads."""

from fractions import Fraction
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from tugiplaan.web.charts import Chart, Series, Words, _ceiling, bars, columns, lines

WORDS = Words("Tunnid", "Mais 10, juunis 20.")
MONTHS = ["5/26", "6/26"]


def rects(chart: Chart) -> list[tuple[str, float, float, str]]:
    return [
        (one.css, float(one.at["y"]), float(one.at["height"]), one.url)
        for one in chart.shapes
        if one.tag == "rect"
    ]


def test_upright_bars_are_as_high_as_their_values_and_lead_somewhere() -> None:
    chart = columns(WORDS, MONTHS, [Series("tehtud", [10, 20], ["/a", "/b"])])
    (_, _, low, first), (_, top, high, second) = rects(chart)
    assert high == pytest.approx(2 * low)
    assert (first, second) == ("/a", "/b")
    assert top == 16  # 20 is a round number, so the highest bar reaches the top
    assert chart.legend == ()


def test_stacked_bars_stand_on_one_another() -> None:
    chart = columns(WORDS, MONTHS, [Series("a", [10, 5]), Series("b", [10, None])], stacked=True)
    first, second, _third = rects(chart)
    assert first[0] == "s1"
    assert second[0] == "s2"
    assert second[1] + second[2] == pytest.approx(first[1])
    assert [name for _key, name in chart.legend] == ["a", "b"]


def test_what_is_not_known_is_not_drawn_as_nothing() -> None:
    chart = bars(WORDS, ["IET", "TTT"], [Series("kulu", [None, 5])])
    assert len(rects(chart)) == 1


def test_a_line_breaks_where_a_value_is_wanting() -> None:
    chart = lines(WORDS, list("abcd"), [Series("x", [1, 2, None, 4])])
    paths = [one.at["d"] for one in chart.shapes if one.tag == "path"]
    assert [path.count("L") for path in paths] == [1, 0]
    assert sum(1 for one in chart.shapes if one.tag == "circle") == 3


def test_without_values_there_is_a_chart_and_no_error() -> None:
    for draw in (columns, bars, lines):
        assert draw(WORDS, [], [Series("x", [])]).width
        assert draw(WORDS, ["a"], [Series("x", [0])]).width


@pytest.mark.parametrize(
    ("most", "wanted"), [(0, 1), (1, 1), (3, 5), (10, 10), (11, 20), (5001, 10_000)]
)
def test_the_scale_ends_at_a_round_number(most: int, wanted: int) -> None:
    assert _ceiling([most]) == Fraction(wanted)


def test_the_drawing_is_whole_xml_with_title_and_no_style_of_its_own() -> None:
    chart = columns(Words("<b>", "5 & 6"), MONTHS, [Series('a"b', [1, 2], ["/x?a=1&b=2", ""])])
    html = render_to_string("web/parts/chart.html", {"chart": chart})
    figure = ElementTree.fromstring(html.strip())  # noqa: S314 - our own
    assert "style" not in html
    svg = figure[0]
    assert svg.attrib["aria-labelledby"] == "chart-t chart-d"
    assert svg[0].text == "<b>"
    assert svg.attrib["role"] == "group"
    assert columns(WORDS, MONTHS, [Series("x", [1, 2])]).role == "img"
    links = list(svg.iter("a"))
    assert [one.attrib["href"] for one in links] == ["/x?a=1&b=2"]
