"""The pages on which people are assessed and assessments are read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.assessments.room import DEEP, Room
from tests.assessments.test_packs import FILE
from tests.cast import MARKS, make_provider, make_user
from tugiplaan.accounts.access import User
from tugiplaan.assessments import actions
from tugiplaan.assessments.actions import Given, NewAssessment
from tugiplaan.assessments.models import Answer, Assessment, AssessmentDraft, InstrumentVersion

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


class Desk(Room):
    """A provider with an instrument and somebody who is logged in."""

    def __init__(self, enter: Enter) -> None:
        super().__init__()
        self.instrument = self.bring(**DEEP)
        self.client = enter(self.assessor)
        self.home = f"/{self.provider.pk}/people/{self.person.pk}/assessments/"

    def start(self, *answers: Given) -> AssessmentDraft:
        new = NewAssessment(self.person.pk, self.instrument.pk, date(2026, 6, 1), answers)
        return actions.start_draft(provider_id=self.provider.pk, new=new, **self.who)

    def fill(self, draft: AssessmentDraft, view: str, domain: str) -> str:
        return f"{self.home}drafts/{draft.pk}/{view}/{domain}/fill/"

    def text(self, path: str = "") -> str:
        answer = self.client.get(f"{self.home}{path}")
        assert answer.status_code == 200, path
        return answer.content.decode()

    def post(self, url: str, **typed: str) -> Any:
        return self.client.post(url, typed, follow=True)


def test_an_assessment_from_its_beginning_to_its_end(enter: Enter) -> None:
    desk = Desk(enter)
    assert "Hindamisi veel ei ole" in desk.text()
    typed = {"instrument": "TV-RFK", "assessed_on": "2026-06-01", "referral": ""}
    page = desk.post(f"{desk.home}new/", **typed)
    (draft,) = AssessmentDraft.objects.all()
    assert page.redirect_chain[-1][0] == desk.fill(draft, "specialist", "1")
    assert "Kas inimene suhtleb teistega ise" in page.content.decode()
    typed = {"v-tv.p1.1": "no", "v-tv.d350": "3", "c-tv.d350": "Vajab aega."}
    page = desk.post(desk.fill(draft, "specialist", "1"), **typed)
    assert page.redirect_chain[-1][0] == desk.fill(draft, "specialist", "2")
    page = desk.post(desk.fill(draft, "specialist", "2"), **{"v-tv.safety.fear": "on"})
    page = desk.post(desk.fill(draft, "person", "V"), **{"c-tv.important": "Oma tuba"})
    assert page.redirect_chain[-1][0] == f"{desk.home}drafts/{draft.pk}/finish/"
    told = page.content.decode()
    assert "7 küsimust vastamata" in told
    desk.post(f"{desk.home}drafts/{draft.pk}/finish/")
    (made,) = Assessment.objects.all()
    held = {(row.item, row.view): (row.value, row.comment) for row in Answer.objects.all()}
    assert held == {
        ("tv.p1.1", "specialist"): ("no", ""),
        ("tv.d350", "specialist"): ("3", "Vajab aega."),
        ("tv.safety.fear", "specialist"): ("yes", ""),
        ("tv.important", "person"): ("", "Oma tuba"),
    }
    for path, word in (
        (f"{made.pk}/", "3 – suur raskus"),
        ("", "Vestlemine"),
        ("needs/", "Oma tuba"),
        ("trend/?instrument=TV-RFK&domain=1", "3 – suur raskus"),
    ):
        assert word in desk.text(path), path


def test_a_main_question_that_closes_leaves_the_others_out(enter: Enter) -> None:
    desk = Desk(enter)
    draft = desk.start(Given("sygav.1.1", "no"), Given("sygav.d350", "2"))
    url = desk.fill(draft, "specialist", "1")
    desk.post(url, **{"v-sygav.1.1": "yes", "v-sygav.d350": "2", "c-sygav.d350": "raske"})
    draft.refresh_from_db()
    assert draft.answers["specialist"] == {"sygav.1.1": ["yes", ""]}


def test_an_answer_outside_its_scale_is_refused_and_what_was_typed_stays(enter: Enter) -> None:
    desk = Desk(enter)
    draft = desk.start()
    typed = {"v-sygav.1.1": "no", "v-sygav.d350": "7", "c-sygav.d350": "minu sõnad"}
    page = desk.post(desk.fill(draft, "specialist", "1"), **typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert "„7“ ei ole skaalal: 0, 1, 2, 3, 4, 8, 9" in text
    assert "minu sõnad" in text
    draft.refresh_from_db()
    assert draft.answers == {}


def test_a_day_that_has_not_come_and_a_second_draft_are_refused(enter: Enter) -> None:
    desk = Desk(enter)
    desk.start()
    chosen = str(desk.instrument.pk)
    for day, told in (("2030-01-01", "tulevikus"), ("2026-06-01", "on pooleli")):
        page = desk.post(f"{desk.home}new/", instrument=chosen, assessed_on=day, referral="")
        assert (page.status_code, told in page.content.decode()) == (422, True)
    assert "Jätka" in desk.text()


def test_a_finished_one_is_closed_and_corrected_with_a_reason(enter: Enter) -> None:
    desk = Desk(enter)
    draft = desk.start(Given("sygav.e310", "1"))
    made = actions.finish_draft(draft=draft, **desk.who)
    for path in (desk.fill(draft, "specialist", "1"), f"{desk.home}drafts/{draft.pk}/finish/"):
        page = desk.client.get(path)
        assert page.status_code == 409
        assert "ei ole enam pooleli" in page.content.decode()
    row = Answer.objects.get()
    url = f"{desk.home}{made.pk}/answers/{row.pk}/correct/"
    page = desk.post(url, value="0", comment="", why="")
    assert page.status_code == 422
    page = desk.post(url, value="5", comment="", why="viga")
    assert "skaalal: -1, 0, 1, 8, 9" in page.content.decode()
    desk.post(url, value="0", comment="kaugel", why="eksisin")
    assert "eksisin" in desk.text(f"{made.pk}/")
    assert desk.client.get(url).status_code == 404


def test_what_was_begun_in_vain_is_let_go(enter: Enter) -> None:
    desk = Desk(enter)
    draft = desk.start()
    desk.post(f"{desk.home}drafts/{draft.pk}/discard/")
    assert not AssessmentDraft.objects.exists()


def test_then_and_now_are_told_in_words_with_a_picture(enter: Enter) -> None:
    desk = Desk(enter)
    desk.assess(Given("sygav.d350", "4"), assessed_on=date(2025, 1, 1))
    desk.assess(Given("sygav.d350", "1"), Given("sygav.d710", "2"), assessed_on=date(2026, 1, 1))
    text = desk.text()
    assert "n4" in text
    assert "n1" in text
    assert "parem" in text
    assert '<svg class="chart"' in text
    trend = desk.text("trend/?instrument=SYGAV&domain=1")
    assert "01.01.2025" in trend
    assert '<svg class="chart"' in trend
    assert "Hindamisi veel ei ole" in desk.text("trend/?instrument=OLEMATU")
    assert "Küsimused" in desk.text(f"{_old(desk).pk}/")


def _old(desk: Desk) -> Assessment:
    """An assessment with an instrument of the first kind, without domains."""
    desk.instrument = desk.bring(version="9")
    return desk.assess(Given("kodu", "yes"))


def test_a_file_is_brought_in_and_refused_with_its_line(enter: Enter) -> None:
    desk = Desk(enter)
    url = f"/{desk.provider.pk}/setup/instruments/"
    mine = FILE.replace("code: OMA", "code: MINU")
    bad = SimpleUploadedFile("oma.yaml", mine.replace("kind: need", "kind: summa").encode())
    page = desk.client.post(url, {"file": bad})
    assert page.status_code == 422
    assert "Rida 7: scales.raskus.kind" in page.content.decode()
    no_licence = mine.replace("CC0-1.0", '""').encode()
    page = desk.client.post(url, {"file": SimpleUploadedFile("oma.yaml", no_licence)})
    assert "Rida 4: licence: ei tohi olla tühi" in page.content.decode()
    desk.client.post(url, {"file": SimpleUploadedFile("oma.yaml", mine.encode())})
    assert InstrumentVersion.objects.get(code="MINU").licence == "CC0-1.0"
    assert "MINU, versioon 1" in desk.client.get(url).content.decode()
    file = desk.client.get(f"{url}recovery_stage/file/")
    assert "TAASTUMINE" in file.content.decode()
    assert desk.client.get(f"{url}olematu/file/").status_code == 404


def test_another_providers_colleague_finds_nothing(enter: Enter) -> None:
    desk = Desk(enter)
    draft = desk.start()
    made = desk.assess(Given("sygav.e310", "1"))
    paths = [
        desk.home, f"{desk.home}new/", f"{desk.home}needs/", f"{desk.home}{made.pk}/",
        desk.fill(draft, "specialist", "1"),
    ]  # fmt: skip
    other = make_provider("Teine OÜ")
    stranger = enter(make_user("Kalle Kask", "service_manager", other))
    for path in paths:
        assert stranger.get(path).status_code == 404
        assert stranger.get(path.replace(str(desk.provider.pk), str(other.pk))).status_code == 404
    clerk = enter(make_user("Sirje Summa", "accountant", desk.provider))
    for path in paths:
        assert clerk.get(path).status_code == 403
    for wrong in (("boss", "1"), ("specialist", "77"), ("relative", "1")):
        assert desk.client.get(desk.fill(draft, *wrong)).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_pages_ask_the_same_few_questions(
    enter: Enter, count: int, django_assert_max_num_queries: Any
) -> None:
    desk = Desk(enter)
    for number in range(count):
        made = desk.assess(Given("sygav.d350", "2"), assessed_on=date(2025, 1, 1 + number))
    draft = desk.start(Given("sygav.d350", "2"))
    for path in ("", "needs/", f"{made.pk}/", "trend/?instrument=SYGAV", "new/"):
        # Nine of them write down that the record was opened.
        with django_assert_max_num_queries(18 + MARKS):
            desk.text(path)
    url = desk.fill(draft, "specialist", "1")
    with django_assert_max_num_queries(18 + MARKS):
        desk.client.post(url, {"v-sygav.e310": "1"})
