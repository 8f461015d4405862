"""Norms by day, who supervises a trainee, and what the trainee is told while recording."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.cast import TODAY, make_provider, make_user
from tests.insight.test_staff_days import House
from tests.providers.test_supervising import Team
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import operator
from tugiplaan.providers.actions import CourseData, record_course
from tugiplaan.providers.models import Supervision

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


def test_the_page_says_on_how_many_days_posts_were_missing(
    enter: Callable[[User], Client],
) -> None:
    house = House()
    address = f"/{house.provider.pk}/overview/staff/days/"
    client = enter(house.director)
    assert "Siia tulevad normid" in client.get(address).content.decode()
    house.person("P1", "TE", date(2026, 5, 4))
    house.post("TE", "1", date(2026, 5, 6))
    text = client.get(f"{address}?to=2026-05&place={house.place.pk}").content.decode()
    assert "Mai 2026: täistöökohti oli normist vähem 2 päeval." in text
    june = client.get(f"{address}?to=2026-06&place=x").content.decode()
    assert "oli iga päev nii palju, kui norm küsib" in june
    assert client.get(f"{address}?to=2000-01").status_code == 200
    stranger = make_user("Võõras", "director", make_provider("Teine OÜ"))
    assert enter(stranger).get(address).status_code == 404


def test_the_director_names_a_supervisor_and_ends_it(enter: Enter) -> None:
    team = Team()
    client = enter(make_user("Jaan Juht", "director", team.provider))
    worker = f"/{team.provider.pk}/setup/staff/{team.trainee.pk}/"
    assert "Juhendajat ei ole määratud" in client.get(worker).content.decode()
    asked = client.get(f"{worker}supervisor/").content.decode()
    assert str(team.mentor.pk) in asked
    assert f'value="{team.trainee.pk}"' not in asked
    given = {"supervisor": str(team.mentor.pk), "valid_from": "2026-06-01"}
    assert client.post(f"{worker}supervisor/", given)["Location"] == worker
    assert "Juhendaja on Töötaja T2" in client.get(worker).content.decode()
    refused = client.post(f"{worker}supervisor/", given)
    assert refused.status_code == 422
    assert "juba alates 01.06.2026" in refused.content.decode()
    row = Supervision.objects.get()
    end = f"{worker}supervisor/{row.pk}/end/"
    client.post(end, {"last_day": "2026-06-10"})
    assert Supervision.objects.get().valid_to == date(2026, 6, 10)
    stranger = enter(make_user("Võõras", "director", make_provider("Teine OÜ")))
    assert stranger.get(end).status_code == 404
    other = f"/{team.provider.pk}/setup/staff/{team.mentor.pk}/supervisor/{row.pk}/end/"
    assert client.get(other).status_code == 404


def test_a_trainee_is_told_while_recording_and_nothing_is_refused(enter: Enter) -> None:
    team = Team()
    client = enter(team.user)
    address = f"/{team.provider.pk}/today/training/"
    text = client.get(address).content.decode()
    assert "algkoolitus on kirja järgi läbimata" in text
    assert "juhendajat ei ole määratud" in text
    course = CourseData("basic_40", 40, date(2024, 6, 1), date(2024, 7, 1))
    record_course(staff=team.trainee, data=course, by=operator(), on=TODAY)
    team.supervise(team.mentor)
    text = client.get(address).content.decode()
    assert "tähtaeg on möödas" in text
    assert "juhendajat" not in text
    manager = enter(make_user("Malle Maa", "service_manager", team.provider))
    assert "notice" not in manager.get(address).content.decode()
