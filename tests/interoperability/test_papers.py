"""Papers as files: another reader opens them, and made again they are the same to the byte."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from django.core.exceptions import ObjectDoesNotExist

from tests.cast import TODAY, make_provider, make_user
from tests.plans.room import SUMMARY, Room, make_worker
from tests.referrals.rows import make_referral, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.delivery.models import Isolation
from tugiplaan.documents.papers import NewTemplate, Paper
from tugiplaan.documents.queries import papers_of, template_for
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.kinds import KINDS, sample_values
from tugiplaan.interoperability.papers.making import (
    Asked,
    PaperForm,
    bring_template,
    make_paper,
    read_paper,
)
from tugiplaan.interoperability.papers.order import Order, UnableToMakePaperError
from tugiplaan.interoperability.papers.word import BadTemplateError, as_docx, builtin_template
from tugiplaan.people.models import Consent
from tugiplaan.plans.actions import (
    ReviewDraft,
    ReviewKind,
    approve_summary,
    review_plan,
    write_summary,
)
from tugiplaan.referrals.models import Absence, StayDay
from tugiplaan.referrals.queries import stay_of
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
    who: dict[str, Any] = {"by": room.supervisor, "on": TODAY}
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


def drawn(room: Room, kind: PaperKind, about: Any, **values: Any) -> str:
    """Make a paper, see that both forms say the same lines, and give the text of the PDF."""
    asked = order(room, about, **values)
    paper = make_paper(order=asked, kind=kind, language="et", by=room.manager)
    who = {"by": room.manager, "on": values.get("day", TODAY)}
    pdf = text_of_pdf(read_paper(asked=Asked(paper, room.person, PaperForm.PDF), **who))
    word = text_of_docx(read_paper(asked=Asked(paper, room.person, PaperForm.WORD), **who))
    for section in paper.content["sections"]:
        for line in section["paragraphs"]:
            assert line in word
            assert line.split()[-1] in pdf
    return pdf


def test_ratings_of_one_time_stand_on_one_paper() -> None:
    room = Room()
    plan = room.agreed()
    goal = plan.goals.get()
    days = ReviewKind.QUARTERLY, date(2026, 1, 20), date(2026, 3, 31)
    whole = review_plan(plan=plan, draft=ReviewDraft(*days, "Läks hästi."), **room.who)
    review_plan(plan=plan, draft=ReviewDraft(*days, "Sööb ise.", goal.pk), **room.who)
    year = ReviewDraft(ReviewKind.YEARLY, date(2026, 1, 20), TODAY, "Aasta oli hea.")
    yearly = review_plan(plan=plan, draft=year, **room.who)
    text = drawn(room, PaperKind.QUARTERLY, whole.pk)
    assert "kvartali hinnang" in text
    assert "Läks hästi." in text
    assert "Sööb ise." in text
    assert "Aasta oli hea." not in text
    assert "Aasta oli hea." in drawn(room, PaperKind.YEARLY, yearly.pk)


def test_a_summary_is_made_once_it_is_approved() -> None:
    room = Room()
    row = write_summary(stay=stay_of(room.referral), draft=SUMMARY, **room.who)
    with pytest.raises(UnableToMakePaperError, match="kinnitamata"):
        made(room, PaperKind.SUMMARY, row.pk)
    assert not Paper.objects.exists()
    row = approve_summary(row=row, by=room.manager, on=TODAY)
    text = drawn(room, PaperKind.SUMMARY, row.pk)
    for part in ("osaliselt täidetud", "vajab meeldetuletusi", "Jätkata.", "Malle Maa"):
        assert part in text


def test_an_isolation_has_every_field_of_the_law() -> None:
    room = Room("OEH")
    worker = make_worker(room.provider)
    start = datetime(2026, 6, 1, 20, 15, tzinfo=UTC)
    row = Isolation(
        provider=room.provider,
        person=room.person,
        referral=room.referral,
        started_at=start,
        ended_at=start + timedelta(hours=1),
        situation="Lõhkus akna.",
        calming="Räägiti rahulikult.",
        reasons="Otsene oht.",
        decided_by=worker,
        supervised_by=worker,
        called="Kiirabi 20.20.",
        harm="Aken.",
        representative_told="Esindajat ei ole.",
        explained="Järgmisel päeval.",
        is_direct_danger=True,
    )
    store(room.provider, [row])
    text = drawn(room, PaperKind.ISOLATION, row.pk)
    for part in (
        *("Lõhkus akna.", "Räägiti rahulikult.", "Otsene oht.", "Kiirabi 20.20.", "Aken."),
        *("Järgmisel päeval.", "Töötaja T1", "01.06.2026 kell 23:15", "02.06.2026 kell 00:15"),
    ):
        assert part in text


def test_a_transfer_needs_a_consent_that_holds() -> None:
    room = Room()
    plan = room.agreed(wishes="Kolin õe juurde.")
    with pytest.raises(ObjectDoesNotExist):
        made(room, PaperKind.TRANSFER, plan.pk)
    with acting(by=operator(), name="test.consent"):
        consent = Consent.objects.create(
            provider=room.provider,
            person=room.person,
            purpose="andmete üleandmine",
            scope="hindamised ja plaan",
            given_by="Mari",
            valid_from=date(2026, 6, 1),
        )
    text = drawn(room, PaperKind.TRANSFER, consent.pk)
    assert "andmete üleandmine" in text
    assert "Teeb ise süüa." in text
    assert "Koos poes." in text


def ended(room: Room, reason: str) -> None:
    day = date(2026, 6, 10)
    row = StayDay(
        provider=room.provider,
        referral=room.referral,
        kind="ended",
        day=day,
        reason=reason,
        learned_on=date(2026, 6, 8),
    )
    store(room.provider, [row])


NOTICES = [
    (PaperKind.END_NOTICE, "", "31.12.2026"),
    (PaperKind.WISH_TO_END, "person_wish", "Teatada hiljemalt 11.06.2026"),
    (PaperKind.NON_USE, "", "üle 2 kuu"),
    (PaperKind.NON_USE_IN_YEAR, "", "üle 4 kuu"),
    (PaperKind.DEATH, "death", "Viimane teenuse päev oli 10.06.2026"),
    (PaperKind.MISFIT, "", "Märkus."),
]


@pytest.mark.parametrize(("kind", "reason", "part"), NOTICES)
def test_a_notice_says_what_and_until_when(kind: PaperKind, reason: str, part: str) -> None:
    room = Room()
    if reason:
        ended(room, reason)
    text = drawn(room, kind, room.referral.pk, note="Märkus.")
    assert part in " ".join(text.split())
    assert "Sotsiaalkindlustusamet" in text
    assert "S1, 10.12.2025" in text
    assert "Märkus." in text


def test_a_notice_counts_from_the_day_that_somebody_names() -> None:
    room = Room()
    text = drawn(room, PaperKind.NON_USE, room.referral.pk, learned_on=date(2026, 6, 12))
    assert "Teatada hiljemalt 17.06.2026" in " ".join(text.split())


@pytest.mark.parametrize(
    ("service", "due"), [("KE", "30.06.2026"), ("IET", "30.09.2026"), ("TE", "30.06.2026")]
)
def test_the_early_end_of_the_contract_is_told_to_all_in_its_time(service: str, due: str) -> None:
    room = Room(service)
    ends_on = date(2026, 12, 31)
    text = drawn(room, PaperKind.CONTRACT_END, room.referral.pk, ends_on=ends_on)
    told = " ".join(text.split())
    assert "Lepingu viimane päev on 31.12.2026." in told
    assert f"Teatada hiljemalt {due}" in told
    assert "SHS § 78 lg 3" in told
    paper = Paper.objects.get()
    assert paper.to_whom == ["person", "authority"]


def test_the_early_end_of_the_contract_without_its_day_is_refused() -> None:
    room = Room()
    with pytest.raises(UnableToMakePaperError, match="Kirjuta lepingu viimane päev"):
        drawn(room, PaperKind.CONTRACT_END, room.referral.pk)
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    "kind", [PaperKind.DEATH, PaperKind.NO_SHOW, PaperKind.JOB_FOUND, PaperKind.HOSPITAL]
)
def test_a_notice_of_what_did_not_happen_is_refused(kind: PaperKind) -> None:
    room = Room()
    with pytest.raises(UnableToMakePaperError, match="ei saa selle suunamise kohta"):
        make_paper(order=order(room, room.referral.pk), kind=kind, language="et", by=room.manager)
    assert not Paper.objects.exists()


def test_who_did_not_come_was_in_hospital_or_found_no_work_is_told_of() -> None:
    room = Room("TTT")
    assert "töökohta" in drawn(room, PaperKind.JOB_FOUND, room.referral.pk)
    away = Absence(
        provider=room.provider,
        referral=room.referral,
        code="A1",
        first_day=date(2026, 3, 2),
        last_day=date(2026, 5, 20),
        kind="hospital",
    )
    store(room.provider, [away])
    assert "02.03.2026–20.05.2026" in drawn(room, PaperKind.HOSPITAL, room.referral.pk)
    other = make_referral(room.person, "S2")
    agreed = StayDay(provider=room.provider, referral=other, kind="agreed", day=date(2026, 6, 1))
    store(room.provider, [agreed])
    assert "01.06.2026" in drawn(room, PaperKind.NO_SHOW, other.pk)


@pytest.mark.parametrize("kind", list(PaperKind))
def test_the_built_in_template_fits_every_paper(kind: PaperKind) -> None:
    content = as_docx(builtin_template(), sample_values(KINDS[kind]), TODAY)
    assert "Näidis" in text_of_docx(content)


def with_text(text: str) -> bytes:
    found, made = docx.Document(), io.BytesIO()
    found.add_paragraph(text)
    found.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{ eesmargid }}", "eesmargid"),
        ("{{ title.__class__.__mro__ }}", "saa täita"),
        ("{% for one in goals %}", "saa täita"),
        ("{{ goals[0].number + 'a' }}", "ei ole korras"),
    ],
)
def test_a_bad_template_is_refused_and_the_old_one_serves(text: str, why: str) -> None:
    room = Room()
    director = make_user("Juht", "director", room.provider)
    new = NewTemplate(PaperKind.PLAN, "et", with_text(text))
    with pytest.raises(BadTemplateError, match=why):
        bring_template(provider_id=room.provider.pk, new=new, by=director, on=TODAY)
    assert template_for(room.provider.pk, PaperKind.PLAN, "et") is None


def test_an_own_template_serves_until_it_is_taken_back() -> None:
    room = Room()
    director = make_user("Juht", "director", room.provider)
    who: dict[str, Any] = {"provider_id": room.provider.pk, "by": director, "on": TODAY}
    own = with_text(
        "Meie plaan: {{ head.person }} {% for goal in goals %}{{ goal.text }}{% endfor %}"
    )
    bring_template(new=NewTemplate(PaperKind.PLAN, "et", own), **who)
    plan = room.agreed()
    paper = made(room, PaperKind.PLAN, plan.pk)
    assert text_of_docx(files(room, paper)[1]) == "Meie plaan: Mari Maasikas P1 Teeb ise süüa."
    bring_template(new=NewTemplate(PaperKind.PLAN, "et", b""), **who)
    assert made(room, PaperKind.PLAN, plan.pk).template is None
    assert list(faults()) == []
