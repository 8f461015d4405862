"""What the database itself refuses, for every table that there is."""

from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from tests.audit.rows import a_row_of, raw
from tests.cast import make_person, make_provider, make_user
from tugiplaan.audit.models import ChainHead, Event, EventSubject, History
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.rows import Derived, Lasting, Row, Working
from tugiplaan.audit.triggers import derived_models, install, lasting_models
from tugiplaan.providers.models import Building, Place

pytestmark = pytest.mark.django_db

_KINDS = (Row, Lasting, Derived, Working)
_OURS = [model for model in apps.get_models() if model.__module__.startswith("tugiplaan.")]
_TRACKED = [model for model in _OURS if issubclass(model, Row)]
_MACHINERY = {Event, ChainHead, History}


def _label(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", _OURS, ids=_label)
def test_a_table_is_of_exactly_one_kind(model: type[models.Model]) -> None:
    kinds = [kind for kind in _KINDS if issubclass(model, kind)]
    assert len(kinds) == (0 if model in _MACHINERY else 1)
    if model not in _MACHINERY | {EventSubject}:
        assert (model in lasting_models()) == issubclass(model, Lasting)
        assert (model in derived_models()) == issubclass(model, Derived)


@pytest.mark.parametrize("action", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
@pytest.mark.parametrize("model", lasting_models(), ids=_label)
def test_a_lasting_row_stays_as_it_is(model: type[models.Model], action: str) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    with a_row_of(model):
        with pytest.raises(DatabaseError, match=f"{table}: rows are only ever added"):
            raw(action.format(table, key, key))
        assert model._base_manager.exists()


@pytest.mark.parametrize("model", derived_models(), ids=_label)
def test_a_derived_row_is_made_anew_and_never_changed(model: type[models.Model]) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    with a_row_of(model):
        with pytest.raises(DatabaseError, match=f"{table}: rows are only ever added"):
            raw(f"UPDATE {table} SET {key} = {key}")
        assert raw(f"DELETE FROM {table}") == 1


@pytest.mark.parametrize("action", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("model", _TRACKED, ids=_label)
def test_a_tracked_row_changes_only_in_an_act(model: type[models.Model], action: str) -> None:
    statement = action.format(model._meta.db_table) + " WHERE id = %s"
    user = make_user("Kasutaja")
    with a_row_of(model) as row:
        before = History.objects.count()
        with pytest.raises(DatabaseError, match=r"session|history"):
            raw(statement, row.pk)
        assert model._base_manager.filter(pk=row.pk).exists()
        with acting(by=user, name="test.change"):
            assert raw(statement, row.pk) == 1
        assert History.objects.filter(object_id=row.pk).count() == 2
        assert History.objects.count() == before + 1


def test_a_write_outside_an_act_is_refused_also_after_one() -> None:
    provider = make_provider()
    with pytest.raises(DatabaseError, match=r"session|history"), transaction.atomic():
        Building.objects.create(provider=provider, code="H1")
    with pytest.raises(DatabaseError, match=r"session|history"), transaction.atomic():
        Building.objects.bulk_create([Building(provider=provider, code="H1")])
    assert not Building.objects.exists()


def test_3000_changes_leave_3000_rows_of_history() -> None:
    provider, user = make_provider(), make_user("Kasutaja")
    with acting(by=user, name="test.house"):
        house = Building.objects.create(provider=provider, code="H1")
    before = History.objects.count()
    places = [
        Place(provider=provider, code=f"K{number}", name="Kodu", building=house)
        for number in range(1000)
    ]
    with acting(by=user, name="test.bulk_create"):
        Place.objects.bulk_create(places)
    with acting(by=user, name="test.update"):
        Place.objects.filter(provider=provider).update(name="Uus kodu")
    with acting(by=user, name="test.save"):
        for place in places:
            place.county = "Harju"
            place.save(update_fields=["county"])
    assert History.objects.count() - before == 3000
    last = History.objects.filter(object_id=places[-1].pk).order_by("id")
    assert [row.change_type for row in last] == ["I", "U", "U"]
    assert [row.changes for row in last[1:]] == [
        {"name": ["Kodu", "Uus kodu"]},
        {"county": ["", "Harju"]},
    ]
    assert {UUID(str(row.session_id)) for row in last} == set(
        Event.objects.filter(name__in=["test.bulk_create", "test.update", "test.save"]).values_list(
            "pk", flat=True
        )
    )


def test_a_key_of_bytes_is_not_kept_in_history() -> None:
    person = make_person(make_provider())
    snapshot = History.objects.get(object_id=person.pk).snapshot
    assert snapshot["last_name"] == person.last_name
    assert "sort_name" not in snapshot


def test_triggers_can_be_laid_again() -> None:

    connection.check_constraints()
    install(connection)
    make_provider()
    assert History.objects.filter(content_type__model="provider").count() == 1
