"""The house over months: what a director sees, where the numbers lead, and who may not look."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.billing.home import NOVEMBER, Home, make_home
from tests.billing.test_costs import enter as enter_costs
from tests.billing.test_month_close import closed, issued
from tests.cast import make_provider, make_user
from tests.insight.test_hours_and_staff import Desk
from tests.plans.room import LINE
from tests.referrals.rows import make_place
from tugiplaan.accounts.access import User
from tugiplaan.audit.models import Event

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]

PAGES = ["", "occupancy/", "income/", "costs/", "hours/", "hours/people/", "staff/", "money/"]
SPAN = "from=2026-04&to=2026-06"


@pytest.fixture(autouse=True)
def _november(settings: Any) -> None:
    settings.TODAY = NOVEMBER


def home_with(*codes: str) -> Home:
    home = make_home()
    for code in codes:
        home.resident(code)
    return home


def see(enter: Enter, home: Any, page: str, user: User | None = None) -> str:
    answer = enter(user or home.director).get(f"/{home.provider.pk}/overview/{page}")
    assert answer.status_code == 200, answer.content
    return answer.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_house_says_what_will_be_here(enter: Enter, page: str) -> None:
    home = make_home()
    text = see(enter, home, page)
    assert "<h1>" in text
    if page in {"income/", "costs/", "hours/", "hours/people/"}:
        assert "Siia tulevad" in text or "Siia tuleb" in text


def test_the_first_page_answers_in_a_sentence_and_leads_on(enter: Enter) -> None:
    text = see(enter, home_with("P1", "P2"), "")
    assert "Teenusel on 2 inimest" in text
    for page in PAGES[1:]:
        if page != "hours/people/":
            assert f"/overview/{page}" in text


def test_income_by_service_leads_to_the_lines_of_the_month(enter: Enter) -> None:
    home = home_with("P1")
    issued(home, 202604)
    closed(home, 202605)
    text = see(enter, home, f"income/?{SPAN}")
    assert "Sissetulek aprill 2026 – juuni 2026" in text
    assert f"/{home.provider.pk}/months/2026-04/lines/?service=KE" in text
    assert f"/{home.provider.pk}/months/2026-05/" in text
    assert "suletud ja veel arveta" in text
    only = see(enter, home, f"income/?{SPAN}&service=IET")
    assert "Siia tuleb sissetulek" in only
    assert "lines/?service=KE" not in only


def test_money_tells_what_is_to_come_and_which_months_are_open(enter: Enter) -> None:
    home = home_with("P1")
    issued(home, 202604)
    closed(home, 202605)
    text = see(enter, home, f"money/?{SPAN}")
    assert "laekumata 676,00 €, arvele panemata 676,00 €, kinni 0,00 €" in text
    assert "arveldatud" in text
    assert "suletud" in text


def test_cost_that_nobody_entered_is_empty_and_not_nothing(enter: Enter) -> None:
    home = home_with("P1")
    issued(home, 202605)
    text = see(enter, home, "costs/?from=2026-05&to=2026-05")
    assert "tegelikke kulusid ei ole veel sisestatud" in text
    enter_costs(home)
    text = see(enter, home, "costs/?from=2026-05&to=2026-05")
    assert "kulu 950,50 €, arvetel 676,00 €" in text
    assert f"/{home.provider.pk}/months/2026-05/costs/" in text


def test_occupancy_leads_to_the_days_and_those_who_were_there(enter: Enter) -> None:
    home = home_with("P1", "P2")
    text = see(enter, home, "occupancy/?from=2026-05&to=2026-05")
    assert "lubatud kohtadest oli täidetud" in text
    where = f"presence/?month=2026-05&place={home.place.pk}&service=KE"
    assert where.replace("&", "&amp;") in text
    days = see(enter, home, where)
    assert "Teenusel oli 2 inimest." in days
    assert f"/people/{home.persons[0].pk}/" in days
    assert days.count("<tr>") == 1 + 31 + 1 + 2
    answer = enter(home.director).get(f"/{home.provider.pk}/overview/presence/?month=2026-99")
    assert answer.status_code == 404
    other = make_place(make_provider("Teine OÜ"))
    strange = f"/{home.provider.pk}/overview/presence/?month=2026-05&service=KE&place={other.pk}"
    assert enter(home.director).get(strange).status_code == 404


def test_hours_lead_to_people_and_people_to_their_month(enter: Enter) -> None:
    desk = Desk()
    desk.agreed(package=[LINE])
    desk.hour(date(2026, 5, 4), 45)
    text = see(enter, desk, "hours/?from=2026-05&to=2026-05")
    assert "planeeritud 5 h 30 min, tehtud 45 min" in text
    assert "hours/people/?from=2026-05&amp;to=2026-05&amp;service=IET" in text
    people = see(enter, desk, "hours/people/?from=2026-05&to=2026-05&service=IET")
    assert f"/people/{desk.person.pk}/month/?month=2026-05" in people
    assert "45 min" in people


def test_staff_tells_norms_and_unfinished_courses(enter: Enter) -> None:
    text = see(enter, home_with("P1", "P2"), "staff/")
    assert "kogukonnas elamise teenus" in text
    assert "mitut küsitakse, näitavad normid päeviti" in text


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_same_rows_come_as_a_file_and_the_persons_in_it_know(enter: Enter, form: str) -> None:
    desk = Desk()
    desk.agreed()
    client = enter(desk.director)
    address = f"/{desk.provider.pk}/overview/hours/people/?from=2026-05&to=2026-05"
    client.get(address)
    assert not Event.objects.filter(name="web.overview_hours_people").exists()
    answer = client.get(f"{address}&file={form}")
    assert f".{form}" in answer.headers["Content-Disposition"]
    if form == "xlsx":
        page: Any = load_workbook(BytesIO(answer.content)).active
        assert page["A2"].value == "Mari Maasikas P1"
        assert page["D2"].value == 1.5
    else:
        assert b"Mari Maasikas P1;" in answer.content
    event = Event.objects.get(name="web.overview_hours_people")
    assert event.subjects.get().person_id == desk.person.pk


def test_a_long_table_comes_page_by_page_and_the_file_has_all_of_it(enter: Enter) -> None:
    desk = Desk()
    for number in range(41):
        _person, referral = desk.another(f"Q{number:02d}")
        desk.hour(date(2026, 5, 4), 30, referral)
    page = "hours/people/?from=2026-05&to=2026-05"
    text = see(enter, desk, page)
    assert "Leht 1 / 2" in text
    assert "Maasikas Q40" not in text
    assert "Maasikas Q40" in see(enter, desk, f"{page}&page=2")
    answer = enter(desk.director).get(f"/{desk.provider.pk}/overview/{page}&file=csv")
    assert len(answer.content.decode().splitlines()) == 1 + 41


@pytest.mark.parametrize("page", PAGES)
def test_a_municipality_a_person_and_a_place_do_not_see_the_house(enter: Enter, page: str) -> None:
    home = home_with("P1")
    municipality = make_user("Vald", "municipality", home.provider, funder="75014913")
    person = make_user("Ise", "person", home.provider, person=home.persons[0])
    at_place = make_user("Kohal", "service_manager", home.provider, place=home.place)
    stranger = make_user("Võõras", "director", make_provider("Teine OÜ"))
    address = f"/{home.provider.pk}/overview/{page}"
    for user, status in ((municipality, 403), (person, 403), (at_place, 403), (stranger, 404)):
        assert enter(user).get(address).status_code == status, user


@pytest.mark.parametrize("people", [1, 20])
def test_the_pages_ask_the_same_few_questions(
    enter: Enter, people: int, django_assert_max_num_queries: Any
) -> None:
    home = home_with(*(f"P{number}" for number in range(people)))
    issued(home, 202605)
    client = enter(home.director)
    most = {"": 32, "occupancy/": 15, "income/": 16, "costs/": 10, "hours/": 22,
            "hours/people/": 22, "staff/": 14, "money/": 19}  # fmt: skip
    for page in PAGES:
        with django_assert_max_num_queries(most[page]):
            answer = client.get(f"/{home.provider.pk}/overview/{page}?from=2026-01&to=2026-06")
        assert answer.status_code == 200


def test_an_address_with_nonsense_shows_the_last_months(enter: Enter) -> None:
    home = home_with("P1")
    issued(home, 202605)
    text = see(enter, home, "money/?from=2026-13&to=kuu")
    assert "juuni 2026 – november 2026" in text.lower()
    turned = see(enter, home, "money/?from=2026-06&to=2026-04")
    assert "aprill 2026 – juuni 2026" in turned.lower()
    longest = see(enter, home, "money/?from=2020-01&to=2026-06")
    assert "juuni 2025 – juuni 2026" in longest.lower()
