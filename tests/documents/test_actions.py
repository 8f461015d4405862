"""Storing, replacing and reading documents, against the database and the disk."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts.access import NotAllowedError, User
from tugiplaan.accounts.actions import Case, assign_caseload, operator
from tugiplaan.audit.queries import events_about, events_of, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.documents import actions, queries, retention
from tugiplaan.documents.actions import File, UnableToStoreDocumentError
from tugiplaan.documents.models import Document, Retention, Template
from tugiplaan.documents.queries import UnableToReadDocumentError
from tugiplaan.people.models import Person
from tugiplaan.providers.models import Provider

pytestmark = pytest.mark.django_db

LETTER = File("referral", "Suunamisotsus", "application/pdf", b"%PDF 1", Retention.CARE, TODAY)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "documents"
    return tmp_path / "documents"


def put(provider: Provider, person: Person | None, **values: Any) -> Document:
    return actions.store_document(
        provider_id=provider.pk,
        person_id=person.pk if person else None,
        file=replace(LETTER, **values),
        by=operator(),
        on=TODAY,
    )


def files_in(store: Path) -> list[str]:
    return sorted(path.name for path in store.rglob("*") if path.is_file())


def test_a_stored_document_is_read_back_and_both_are_events_about_the_person(store: Path) -> None:
    provider = make_provider()
    manager, person = make_user("Malle Maa", "service_manager", provider), make_person(provider)
    document = actions.store_document(
        provider_id=provider.pk, person_id=person.pk, file=LETTER, by=manager, on=TODAY
    )
    digest = hashlib.sha256(b"%PDF 1").hexdigest()
    assert (document.digest, document.size) == (digest, 6)
    assert files_in(store) == [digest]
    assert queries.read_document(document=document, by=manager, on=TODAY) == b"%PDF 1"
    names = list(events_about(provider.pk, person.pk).values_list("name", flat=True))
    assert names == ["documents.read_document", "documents.store_document"]
    assert list(queries.documents_of(provider.pk, person.pk)) == [document]
    assert list(queries.documents_of(provider.pk, None)) == []
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [({"content": b""}, "tühi"), ({"kind": " "}, "vajalikud"), ({"title": ""}, "vajalikud")],
)
def test_a_file_that_cannot_be_is_refused(values: dict[str, Any], part: str, store: Path) -> None:
    provider = make_provider()
    with pytest.raises(UnableToStoreDocumentError, match=part):
        put(provider, None, **values)
    assert not Document.objects.exists()
    assert not store.exists()


def test_another_providers_person_is_refused(store: Path) -> None:
    strange = make_person(make_provider("Teine OÜ"))
    with pytest.raises(UnableToStoreDocumentError, match="ei ole"):
        put(make_provider(), strange)
    assert not store.exists()


def test_a_newer_version_takes_the_place_and_the_old_one_is_kept() -> None:
    provider = make_provider()
    person = make_person(provider)
    old = put(provider, person)
    do: Any = {"document": old, "by": operator(), "on": TODAY}
    with pytest.raises(UnableToStoreDocumentError, match="Põhjus"):
        actions.replace_document(file=LETTER, why=" ", **do)
    newer = replace(LETTER, content=b"%PDF 2")
    new = actions.replace_document(file=newer, why="allkirjaga versioon", **do)
    assert (new.corrects, new.person_id) == (old, person.pk)
    assert list(queries.documents_of(provider.pk, person.pk)) == [new]
    assert queries.read_document(**do) == b"%PDF 1"
    with pytest.raises(UnableToStoreDocumentError, match="juba asendatud"):
        actions.replace_document(file=newer, why="veel kord", **do)
    with pytest.raises(UnableToStoreDocumentError, match="juba asendatud"):
        actions.withdraw_document(why="ekslik", **do)
    do["document"] = new
    actions.withdraw_document(why="vale inimese oma", **do)
    assert list(queries.documents_of(provider.pk, person.pk)) == []
    with pytest.raises(UnableToStoreDocumentError, match="tühistatud"):
        actions.withdraw_document(why="veel kord", **do)
    with pytest.raises(UnableToStoreDocumentError, match="Põhjus"):
        actions.withdraw_document(why="", **do)
    assert list(faults()) == []


def test_a_changed_or_lost_file_is_not_given_out(store: Path) -> None:
    provider = make_provider()
    document = put(provider, None)
    read: Any = {"document": document, "by": operator(), "on": TODAY}
    (store / document.path).write_bytes(b"%PDF 0")
    with pytest.raises(UnableToReadDocumentError, match="ei ole see"):
        queries.read_document(**read)
    (store / document.path).unlink()
    with pytest.raises(UnableToReadDocumentError, match="ei saa lugeda"):
        queries.read_document(**read)
    assert [event.name for event in events_of(provider.pk)] == ["documents.store_document"]
    put(provider, None, title="Sama fail uuesti")
    assert queries.read_document(**read) == b"%PDF 1"


def test_where_writing_fails_no_row_and_no_half_file_remains(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(make_provider(), None)
    assert files_in(store) == []
    assert not Document.objects.exists()


def test_who_does_not_reach_the_person_neither_stores_nor_reads() -> None:
    provider = make_provider()
    person, other = make_person(provider), make_person(provider, "P2")
    document = put(provider, person)
    helper = make_user("Abi Abiline", "activity_supervisor", provider)
    assign_caseload(user=helper, case=Case(provider.pk, other.pk, TODAY), by=operator(), on=TODAY)
    do: Any = {"document": document, "on": TODAY}
    attempts: list[Callable[[User], Any]] = [
        lambda by: actions.store_document(
            provider_id=provider.pk, person_id=person.pk, file=LETTER, by=by, on=TODAY
        ),
        lambda by: actions.replace_document(file=LETTER, why="x", by=by, **do),
        lambda by: actions.withdraw_document(why="x", by=by, **do),
        lambda by: queries.read_document(by=by, **do),
    ]
    for by in (make_user("Võõras", "director", make_provider("Teine OÜ")), helper):
        for attempt in attempts:
            with pytest.raises(NotAllowedError, match=by.name):
                attempt(by)
    reader = make_user("Rein Raha", "accountant", provider)
    for attempt in attempts[:3]:
        with pytest.raises(NotAllowedError, match=reader.name):
            attempt(reader)
    assert queries.read_document(by=reader, **do) == b"%PDF 1"
    mine = actions.store_document(
        provider_id=provider.pk, person_id=other.pk, file=LETTER, by=helper, on=TODAY
    )
    assert queries.read_document(document=mine, by=helper, on=TODAY) == b"%PDF 1"


@pytest.mark.parametrize(
    ("why", "ended_on", "kept_until"),
    [
        (Retention.CARE, date(2026, 2, 28), date(2036, 2, 28)),
        (Retention.CARE, date(2024, 2, 29), date(2034, 2, 28)),
        (Retention.ACCOUNTING, date(2026, 12, 31), date(2033, 12, 31)),
        (Retention.ACCOUNTING, date(2026, 6, 30), date(2033, 6, 30)),
        (Retention.HOUSE, date(2026, 12, 31), None),
        (Retention.CARE, None, None),
    ],
)
def test_documents_are_kept_as_long_as_the_law_says(
    why: Retention, ended_on: date | None, kept_until: date | None
) -> None:
    assert retention.kept_until(why.value, ended_on=ended_on) == kept_until


def test_the_own_template_goes_before_the_common_one_and_the_latest_version_before_others() -> None:
    provider, other = make_provider(), make_provider("Teine OÜ")
    with acting(by=operator(), name="test.make_templates"):
        for owner, code, version, language in [
            (None, "plan", 1, "et"),
            (None, "plan", 2, "et"),
            (provider, "plan", 1, "et"),
            (other, "plan", 9, "et"),
            (None, "rating", 2, "et"),
            (None, "rating", 1, "et"),
            (None, "plan", 3, "en"),
        ]:
            Template.objects.create(
                provider=owner,
                code=code,
                version=version,
                language=language,
                media_type="text/html",
                content=b"x",
            )
    found = [
        (row.code, row.provider_id, row.version) for row in queries.templates_in_force(provider.pk)
    ]
    assert found == [("plan", provider.pk, 1), ("rating", None, 2)]


@pytest.mark.parametrize("count", [1, 20])
def test_lists_take_one_query(count: int, django_assert_num_queries: Any) -> None:
    provider = make_provider()
    person = make_person(provider)
    for number in range(count):
        put(provider, person, dated_on=date(2026, 1, 1 + number) if number else None)
    with django_assert_num_queries(1):
        found = list(queries.documents_of(provider.pk, person.pk))
    days = [row.dated_on or date.min for row in found]
    assert (len(days), days) == (count, sorted(days, reverse=True))
    with acting(by=operator(), name="test.make_templates"):
        for number in range(count):
            Template.objects.create(code=f"c{number}", media_type="text/html", content=b"x")
    with django_assert_num_queries(1):
        assert len(queries.templates_in_force(provider.pk)) == count
