"""Every event has words of its own, for who asks what was done with somebody's records."""

import re
from pathlib import Path

import pytest

import tugiplaan
from tests.web.world import demo_folder, world  # noqa: F401 - a fixture
from tugiplaan.audit.models import Event
from tugiplaan.web.event_words import WORDS
from tugiplaan.web.people.readers import is_reading, read_names, sentence_of

_NAME = re.compile(r'acting\([^)]*?name="([a-z_]+\.[a-z_]+)"', re.DOTALL)
_SAMPLES = {"sample.demo", "sample.lay_country"}


def test_what_an_action_is_called_has_words() -> None:
    sources = Path(tugiplaan.__file__).parent.rglob("*.py")
    named = {name for file in sources for name in _NAME.findall(file.read_text())}
    assert "plans.draft_plan" in named
    assert named - set(WORDS) - set(read_names()) <= _SAMPLES


@pytest.mark.usefixtures("world")
def test_what_happened_in_the_demo_has_words() -> None:
    happened = set(Event.objects.values_list("name", flat=True).distinct())
    assert "referrals.record_arrival" in happened
    assert happened - set(WORDS) - set(read_names()) <= _SAMPLES


def test_readings_are_told_from_changes() -> None:
    assert is_reading("web.person_papers")
    assert is_reading("documents.read_paper")
    assert not is_reading("documents.store_paper")
    assert sentence_of("web.person_papers") == "vaatas koostatud dokumente"
    assert sentence_of("documents.store_paper") == "koostas dokumendi"
