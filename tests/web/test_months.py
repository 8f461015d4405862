"""A month on its pages: from open to issued and corrected, as an accountant does it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.billing.home import Home, make_home
from tests.cast import make_user
from tests.web.months import DAY, MAY, Visit, plain
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.billing.models import Invoice, Run, RunPart, Statement, StatementLine
from tugiplaan.delivery.actions.records import record
from tugiplaan.delivery.entries import HourEntry
from tugiplaan.providers.queries import book_state
from tugiplaan.rules.vocabulary import Audience
from tugiplaan.web.telling import money

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


@pytest.fixture
def visit(enter: Enter) -> Visit:
    home = make_home()
    return Visit(home, enter(home.accountant))


def latest(home: Home) -> Statement:
    return Statement.objects.filter(provider=home.provider).order_by("-version")[0]


def close_may(visit: Visit) -> None:
    visit.send("months/2026-05/prepare/")
    visit.send("months/2026-05/close/", statement=latest(visit.home).pk)


def work(home: Home, referral: Any, why: str = "") -> None:
    """Record an hour of May."""
    entry = HourEntry(
        referral_id=referral.pk,
        day=date(2026, 5, 12),
        minutes=60,
        audience=Audience.PERSON,
        activity="kodune toetus",
        worker_id=home.worker.pk,
    )
    record(provider_id=home.provider.pk, entries=[entry], why=why, by=home.director, on=TODAY)


TODAY = date(2026, 6, 15)


def test_the_whole_way_of_a_month(visit: Visit) -> None:
    home = visit.home
    home.resident("P1")
    referral = home.resident("P2", "IET", arrived=date(2026, 5, 1))
    text = visit.see("months/2026-05/")
    assert "Koosta eelvaade" in text
    text = visit.follow("months/2026-05/prepare/")
    statement = latest(home)
    assert f"{money(statement.amount)}".replace("\xa0", " ") in text
    assert "Eelvaade on koostatud" in text
    assert "Sulge kuu" in text
    text = visit.see("months/2026-05/close/")
    assert "Kuu kirjed, eemalolekud ja hinnad enam ei muutu." in text
    assert "Kuu 05.2026 on suletud" in visit.follow("months/2026-05/close/", statement=statement.pk)
    text = visit.see("months/2026-05/issue/")
    assert "2026-1" in text
    assert "Sotsiaalkindlustusamet" in text
    assert "Väljastatud on 1 arve: 2026-1." in visit.follow("months/2026-05/issue/", issued_on=DAY)
    assert "ei avata" not in visit.see("months/2026-05/")
    text = visit.send("months/2026-05/reopen/", status=422, why="Tahaks muuta")
    assert "Kuu 05.2026 on arveldatud; arve ei muutu enam." in text
    assert 'value="Tahaks muuta"' in text
    assert "Viimase arveldatud kuu arved on õiged" in visit.see("corrections/")
    for _ in range(4):
        work(home, referral, why="leiti hiljem")
    text = visit.see("corrections/")
    assert "mai 2026" in text
    assert "Vaata ja paranda" in text
    assert "Läheb uuele arvele" in visit.see("months/2026-05/correct/")
    text = visit.follow("months/2026-05/correct/", why="Tunnid leiti hiljem")
    assert "Kuu 05.2026 on parandatud: 2026-2, 2026-3." in text
    assert [one.kind for one in Invoice.objects.order_by("number")] == [
        "invoice",
        "credit_note",
        "invoice",
    ]
    assert "Parandus" in visit.see("months/2026-05/history/")
    assert list(faults()) == []


def test_a_correction_with_nothing_to_correct_is_refused(visit: Visit) -> None:
    visit.home.resident("P1")
    close_may(visit)
    visit.send("months/2026-05/issue/", issued_on=DAY)
    text = visit.send("months/2026-05/correct/", status=422, why="Igaks juhuks")
    assert "parandada ei ole midagi" in text
    assert 'value="Igaks juhuks"' in text
    assert Invoice.objects.count() == 1


def test_the_list_says_where_each_month_stands(visit: Visit) -> None:
    visit.home.resident("P1")
    visit.follow("months/2026-05/prepare/")
    visit.follow("months/2026-04/prepare/")
    visit.follow("months/2026-04/close/", statement=Statement.objects.get(period=202604).pk)
    text = visit.see("months/")
    assert text.index("juuni 2026") < text.index("mai 2026") < text.index("aprill 2026")
    assert "Eelvaade koostatud" in text
    assert "Suletud" in text
    assert text.count("676,00 €") == 2


def test_a_month_that_has_not_begun_says_why_it_is_not_prepared(visit: Visit) -> None:
    assert "See kuu ei ole veel alanud." in visit.see("months/2026-09/")
    text = visit.follow("months/2026-09/prepare/")
    assert "Kuu 09.2026 ei ole veel alanud. Vali möödunud kuu. Midagi ei muudetud." in text
    assert not Statement.objects.exists()


def test_a_month_without_rates_is_refused_kindly(visit: Visit) -> None:
    visit.home.resident("P1", arrived=date(2025, 1, 1), valid_from=date(2025, 1, 1))
    text = visit.follow("months/2025-10/prepare/")
    assert "Seda kuud ei saa arvestada: puuduvad kinnitatud allikaga määrad." in text
    assert "Lisa määr koos allikaga" in text
    assert "/setup/prices/" in text


def test_a_month_that_is_not_over_is_not_closed(visit: Visit) -> None:
    visit.home.resident("P1")
    text = visit.follow("months/2026-06/prepare/")
    assert "Kuu ei ole veel läbi; sulgeda saab pärast 30.06.2026." in text
    text = visit.send("months/2026-06/close/", status=422, statement=latest(visit.home).pk)
    assert "ei ole veel lõppenud" in text


def test_changes_after_the_draft_are_counted_and_stop_the_closing(visit: Visit) -> None:
    referral = visit.home.resident("P1", "IET", arrived=date(2026, 5, 1))
    visit.send("months/2026-05/prepare/")
    for _ in range(4):
        work(visit.home, referral)
    assert "4 muudatust pärast eelvaadet" in visit.see("months/2026-05/")
    statement = latest(visit.home)
    text = visit.send("months/2026-05/close/", status=422, statement=statement.pk)
    assert "Pärast ettevalmistamist on andmeid muudetud" in text
    assert book_state(visit.home.provider.pk, MAY) == "open"
    visit.send("months/2026-05/prepare/")
    assert "muudatust pärast" not in visit.see("months/2026-05/")


def test_what_was_looked_through_is_what_is_closed(visit: Visit) -> None:
    visit.home.resident("P1")
    visit.send("months/2026-05/prepare/")
    old = latest(visit.home).pk
    visit.send("months/2026-05/prepare/")
    text = visit.send("months/2026-05/close/", status=422, statement=old)
    assert "Kuu on vahepeal uuesti ette valmistatud." in text


def test_a_closed_month_is_opened_with_a_reason(visit: Visit) -> None:
    visit.home.resident("P1")
    close_may(visit)
    text = visit.send("months/2026-05/reopen/", status=422, why="")
    assert "required" in text or "kohustuslik" in text.lower()
    assert "on jälle avatud" in visit.follow("months/2026-05/reopen/", why="Kirje jäi välja")
    assert "Kirje jäi välja" in visit.see("months/2026-05/history/")
    assert Event.objects.get(name="billing.reopen").why == "Kirje jäi välja"


def test_a_month_is_not_issued_without_terms(enter: Enter) -> None:
    home = make_home(has_terms=False)
    visit = Visit(home, enter(home.accountant))
    home.resident("P1")
    close_may(visit)
    assert "Lisa tingimused" in visit.see("months/2026-05/issue/")
    text = visit.send("months/2026-05/issue/", status=422, issued_on=DAY)
    assert "ei ole päeval 05.06.2026 arvelduse tingimusi" in text
    assert f'value="{DAY}"' in text
    assert not Invoice.objects.exists()


def test_last_invoices_that_wait_are_shown_with_why(visit: Visit) -> None:
    visit.home.resident("P1")
    visit.home.resident("P2", ended=date(2026, 5, 20))
    close_may(visit)
    text = visit.see("months/2026-05/issue/")
    assert "kokkuvõttev hinnang on kinnitamata" in text
    assert "Maasikas P2" in text
    visit.send("months/2026-05/issue/", issued_on=DAY)
    assert "1 rida ootab kokkuvõtvat hinnangut" in visit.see("months/2026-05/")


def test_a_run_that_was_broken_off_is_found_and_goes_on(visit: Visit) -> None:
    home = visit.home
    home.resident("P1")
    visit.send("months/2026-05/prepare/")
    now = Run.objects.get().started_at
    with acting(by=operator(), name="test.run"):
        broken = Run.objects.create(
            period=MAY, as_of=date(2026, 5, 31), by=home.accountant, total=1,
            started_at=now, beat_at=now,
        )  # fmt: skip
        RunPart.objects.create(run=broken, provider=home.provider)
    text = visit.see("months/2026-05/preparing/")
    assert "Valmis 0 / 1." in text
    assert 'hx-trigger="every 2s"' in text
    visit.send("months/2026-05/prepare/")
    assert "Eelvaade on koostatud." in visit.see("months/2026-05/preparing/")
    assert "pooleli" not in visit.see("months/2026-05/history/")
    assert Run.objects.count() == 2


def test_the_amounts_of_the_page_are_those_of_the_lines(visit: Visit) -> None:
    visit.home.resident("P1")
    visit.home.resident("P2", arrived=date(2026, 5, 22))
    visit.send("months/2026-05/prepare/")
    text = visit.see("months/2026-05/lines/")
    lines = list(StatementLine.objects.filter(statement=latest(visit.home)))
    assert [str(line.amount) for line in lines] == ["676.00", "218.06"]
    for line in lines:
        assert plain_money(line) in text
        why = visit.see(f"months/2026-05/lines/{line.number}/")
        assert f"Miks {plain_money(line)}?" in why
        assert plain_money(line) in why.rpartition("<li>")[2]
    assert "SHS" in visit.see("months/2026-05/lines/2/steps/")
    assert "<html" not in visit.see("months/2026-05/lines/2/steps/")
    assert Event.objects.filter(name="web.month_line").count() == 2


def plain_money(line: StatementLine) -> str:
    return money(line.amount).replace("\xa0", " ")


def test_lines_are_filtered_and_set_beside_last_month(visit: Visit) -> None:
    visit.home.resident("P1")
    visit.home.resident("P2", "IET", arrived=date(2026, 5, 10))
    visit.send("months/2026-04/prepare/")
    visit.send("months/2026-05/prepare/")
    both = visit.see("months/2026-05/lines/")
    assert "Maasikas P1" in both
    assert "Maasikas P2" in both
    assert "+" in both
    only = visit.see("months/2026-05/lines/?service=KE")
    assert "Maasikas P1" in only
    assert "Maasikas P2" not in only
    place = visit.home.place.pk
    assert "Maasikas P2" in visit.see(f"months/2026-05/lines/?service=IET&place={place}")
    assert "Maasikas P1" not in visit.see("months/2026-05/lines/?q=p2")
    noted = visit.see("months/2026-05/lines/?finding=PART_MONTH_UNTESTED")
    assert "Maasikas P2" in noted
    assert "Maasikas P1" not in noted
    assert "Selliseid ridu selles kuus ei ole" in visit.see("months/2026-05/lines/?q=xyz")
    visit.see("months/2026-05/lines/?place=katki&person=katki")


def test_htmx_gets_the_lines_alone(visit: Visit) -> None:
    visit.home.resident("P1")
    visit.send("months/2026-05/prepare/")
    page = visit.path("months/2026-05/lines/")
    part = plain(visit.client.get(page, headers={"HX-Request": "true", "HX-Target": "div#found"}))
    assert "<html" not in part
    assert part.strip() in visit.see("months/2026-05/lines/")


@pytest.mark.parametrize("people", [1, 20])
@pytest.mark.parametrize("page", ["", "lines/", "issue/", "close/"])
def test_pages_of_a_month_ask_the_same_few_questions(
    visit: Visit, people: int, page: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        visit.home.resident(f"P{number}", "IET" if number % 2 else "KE")
    visit.send("months/2026-05/prepare/")
    if page == "issue/":
        visit.send("months/2026-05/close/", statement=latest(visit.home).pk)
    with django_assert_max_num_queries(14 if page == "issue/" else 12):
        visit.see(f"months/2026-05/{page}")


def test_another_providers_month_is_not_there(enter: Enter) -> None:
    home, other = make_home(), make_home("Võõras OÜ")
    home.resident("P1")
    visit = Visit(home, enter(other.accountant))
    for page in ("months/", "months/2026-05/", "invoices/", "contributions/", "corrections/"):
        visit.see(page, status=404)
    answer = visit.client.post(visit.path("months/2026-05/prepare/"))
    assert answer.status_code == 404
    assert not Statement.objects.exists()


@pytest.mark.parametrize("role", ["activity_supervisor", "municipality", "person"])
def test_money_is_for_those_whose_role_reaches_it(enter: Enter, role: str) -> None:
    home = make_home()
    home.resident("P1")
    grants: dict[str, dict[str, Any]] = {
        "person": {"person": home.persons[0]},
        "municipality": {"funder": "75024260"},
    }
    grant = grants.get(role, {})
    visit = Visit(home, enter(make_user("Keegi Muu", role, home.provider, **grant)))
    visit.see("months/", status=403)


def test_a_manager_of_one_place_does_not_see_the_whole_month(enter: Enter) -> None:
    home = make_home()
    user = make_user("Kaja Koht", "service_manager", home.provider, place=home.place)
    Visit(home, enter(user)).see("months/2026-05/", status=403)


def test_a_service_manager_looks_but_does_not_close(enter: Enter) -> None:
    home = make_home()
    home.resident("P1")
    accountant = Visit(home, enter(home.accountant))
    accountant.send("months/2026-05/prepare/")
    visit = Visit(home, enter(make_user("Mati Mets", "service_manager", home.provider)))
    text = visit.see("months/2026-05/")
    assert "676,00 €" in text
    assert "/close/" not in text
    visit.see("months/2026-05/close/", status=403)
    assert visit.client.post(visit.path("months/2026-05/prepare/")).status_code == 403


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_board_speaks_other_languages(visit: Visit, language: str) -> None:
    visit.home.resident("P1", "IET")
    visit.send("months/2026-05/prepare/")
    visit.client.cookies["django_language"] = language
    for page in ("months/", "months/2026-05/", "months/2026-05/lines/"):
        visit.see(page)
