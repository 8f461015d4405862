"""The page of a paper that went: with the summary assessment the summary is recorded as sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import TODAY
from tests.interoperability.test_sending import Desk
from tugiplaan.accounts.access import User
from tugiplaan.documents.models import PaperSent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_the_page_says_that_the_summary_went(enter: Callable[[User], Client]) -> None:
    desk = Desk()
    client = enter(desk.room.manager)
    address = f"/{desk.room.provider.pk}/people/{desk.room.person.pk}/papers/{desk.paper.pk}/"
    values = {"to_whom": "authority", "way": "post", "sent_on": TODAY.isoformat()}
    text = client.post(f"{address}sent/", values, follow=True).content.decode()
    assert "Kokkuvõttev hinnang on nüüd märgitud saadetuks." in text
    row = PaperSent.objects.get()
    why = {"why": "Jäi panemata."}
    text = client.post(f"{address}sent/{row.pk}/cancel/", why, follow=True).content.decode()
    assert "Kokkuvõttev hinnang ootab jälle saatmist." in text
