"""The founding documents walked sentence by sentence: each is a step, and a page shows it."""

import re
from pathlib import Path

import pytest

import tests.web.seed_steps_b  # noqa: F401 - its steps
from tests.web.seed_steps import STEPS, Story
from tests.web.world import addresses, demo_folder, world  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("world")
_TABLE = Path(__file__).parents[2] / "docs" / "seed-coverage.md"
_ROW = re.compile(r"^\| ([AB]\d+[a-d]?) \|.*\| `([a-z_]+)` \| [^|]+ \|$", re.MULTILINE)
ROWS = _ROW.findall(_TABLE.read_text("utf-8"))


def test_every_sentence_has_its_step_and_its_page() -> None:
    assert [one for one, _page in ROWS] == list(dict.fromkeys(one for one, _page in ROWS))
    assert {one for one, _page in ROWS} == set(STEPS)
    names = {name for name, _route, _view, _ids in addresses()}
    assert {page for _one, page in ROWS} <= names


@pytest.mark.parametrize(
    ("letter", "story"),
    [
        ("A", Story("Kasesalu Sotsiaalkeskus", "Morozov")),
        ("B", Story("Metsaveere Kogukonnakodu OÜ", "Üleoja")),
    ],
)
def test_the_document_is_walked(letter: str, story: Story) -> None:
    faults = []
    for one in dict.fromkeys(one for one, _page in ROWS if one.startswith(letter)):
        try:
            STEPS[one](story)
        except (AssertionError, LookupError) as fault:
            faults.append(f"{one}: {str(fault)[:400]}")
    assert not faults, "\n".join(faults)
