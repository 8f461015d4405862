"""Papers as files: another reader opens them, and made again they are the same to the byte."""

import io
import re
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from tests.cast import TODAY, make_provider, make_user
from tests.plans.room import Room
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.documents.papers import Paper
from tugiplaan.documents.queries import papers_of
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.making import Asked, PaperForm, make_paper, read_paper
from tugiplaan.interoperability.papers.order import Order
from tugiplaan.rules.tables import builtin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def order(room: Room, about: Any, **values: Any) -> Order:
    plain = {"person": room.person, "entries": (room.person.pk,), "day": TODAY, "law": builtin()}
    return Order(**{**plain, "about": about, **values})


def text_of_pdf(content: bytes) -> str:
    found = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_range() for page in found)
    found.close()
    return text.replace("\r\n", "\n")


def text_of_docx(content: bytes) -> str:
    found = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in found.paragraphs), *cells])


def files(room: Room, paper: Paper) -> tuple[bytes, bytes]:
    who = {"by": room.supervisor, "on": TODAY}
    pdf = read_paper(asked=Asked(paper, room.person, PaperForm.PDF), **who)
    return pdf, read_paper(asked=Asked(paper, room.person, PaperForm.WORD), **who)


def made(room: Room, kind: PaperKind, about: Any, language: str = "et", **values: Any) -> Paper:
    asked = order(room, about, **values)
    return make_paper(order=asked, kind=kind, language=language, by=room.supervisor)


def test_a_plan_says_the_same_in_both_forms() -> None:
    room = Room()
    plan = room.agreed(wishes="Soovin *ise* süüa & elada <rahus> #let {{ 7 * 7 }} šž ёжщ")
    pdf, word = files(room, made(room, PaperKind.PLAN, plan.pk))
    for text in (text_of_pdf(pdf), text_of_docx(word)):
        for part in (
            "Tegevusplaan",
            "Teeb ise süüa.",
            "Koos poes.",
            "1 h 30 min",
            "igapäevaelu toimingud",
            "Soovin *ise* süüa & elada <rahus> #let {{ 7 * 7 }} šž ёжщ",
            "Kodu OÜ",
            "Mari Maasikas P1",
            "SHS § 85",
        ):
            assert part in text
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf
    assert b"/Lang" in pdf


def test_a_paper_made_twice_is_the_same_to_the_byte() -> None:
    room = Room()
    plan = room.agreed()
    first = files(room, made(room, PaperKind.PLAN, plan.pk))
    assert files(room, made(room, PaperKind.PLAN, plan.pk)) == first


def test_a_paper_whose_files_are_gone_is_made_again_as_it_was(tmp_path: Path) -> None:
    room = Room()
    paper = made(room, PaperKind.PLAIN_PLAN, room.agreed().pk)
    before = files(room, paper)
    stored = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert len(stored) == 2
    for one in stored:
        one.unlink()
    kept = Paper.objects.get(pk=paper.pk)
    assert files(room, kept) == before
    assert list(faults()) == []


def test_making_and_reading_are_written_down() -> None:
    room = Room()
    paper = made(room, PaperKind.PLAN, room.agreed().pk)
    files(room, paper)
    assert Event.objects.filter(name="documents.store_paper").count() == 1
    names = Event.objects.filter(name="documents.read_paper", subjects__person_id=room.person.pk)
    assert names.count() == 2
    assert [one.pk for one in papers_of(room.provider.pk, room.person.pk)] == [paper.pk]


def test_a_paper_in_another_language_bears_it() -> None:
    room = Room()
    paper = made(room, PaperKind.PLAN, room.agreed().pk, "ru")
    assert paper.language == "ru"
    assert paper.content["language"] == "ru"
    pdf, _word = files(room, paper)
    assert re.search(rb"/Lang ?\(ru", pdf)


def test_who_may_not_see_plans_makes_and_reads_none() -> None:
    room = Room()
    plan = room.agreed()
    paper = made(room, PaperKind.PLAN, plan.pk)
    accountant = make_user("Arvo Arve", "accountant", room.provider)
    with pytest.raises(NotAllowedError):
        make_paper(order=order(room, plan.pk), kind=PaperKind.PLAN, language="et", by=accountant)
    with pytest.raises(NotAllowedError):
        read_paper(asked=Asked(paper, room.person, PaperForm.PDF), by=accountant, on=TODAY)
    stranger = make_user("Võõras", "service_manager", make_provider("Muu OÜ"))
    with pytest.raises(NotAllowedError):
        make_paper(order=order(room, plan.pk), kind=PaperKind.PLAN, language="et", by=stranger)
    assert Paper.objects.count() == 1
