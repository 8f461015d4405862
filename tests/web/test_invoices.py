"""Invoices on their pages: read, printed, paid; payments put right; files of lines."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.billing.home import Home, make_home
from tests.web.months import DAY, Visit
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.billing.models import Invoice, Payment, Statement, StatementLine

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


@pytest.fixture
def visit(enter: Enter) -> Visit:
    home = make_home()
    return Visit(home, enter(home.accountant))


def issued(visit: Visit, people: int = 1) -> Invoice:
    for number in range(people):
        visit.home.resident(f"P{number}")
    visit.send("months/2026-05/prepare/")
    visit.send("months/2026-05/close/", statement=Statement.objects.get().pk)
    visit.send("months/2026-05/issue/", issued_on=DAY)
    return Invoice.objects.get()


def test_an_invoice_names_seller_and_payer_and_its_annex_the_persons(visit: Visit) -> None:
    invoice = issued(visit)
    text = visit.see(f"invoices/{invoice.pk}/")
    for said in ("Arve 2026-1", "Kodu OÜ", "Sotsiaalkindlustusamet", "26.06.2026", "676,00 €"):
        assert said in text
    body, _, annex = text.partition("Lisa arvele")
    assert "Maasikas P0" not in body
    assert "Maasikas P0" in annex
    assert "2026-1" in visit.see("invoices/")
    assert "Tasumata 676,00 €." in visit.see("invoices/")
    assert "ootab" in visit.see("months/2026-05/invoices/")


def test_money_that_came_is_recorded_and_put_right(visit: Visit) -> None:
    invoice = issued(visit)
    page = f"invoices/{invoice.pk}/"
    assert 'value="676.00"' in visit.see(f"{page}pay/")
    text = visit.follow(f"{page}pay/", received_on="2026-06-12", amount="600,00", reference="SKA 7")
    assert "Laekunud 600,00 €, kreeditarvetega vähendatud 0,00 €, tasumata 76,00 €." in text
    payment = Payment.objects.get()
    fix = f"invoices/payments/{payment.pk}/"
    text = visit.follow(
        fix, received_on="2026-06-12", amount="676", reference="SKA 7", why="Summa oli vale"
    )
    assert "tasumata 0,00 €" in text
    assert "tasutud" in visit.see("invoices/")
    newest = Payment.objects.current().get()
    text = visit.follow(f"invoices/payments/{newest.pk}/cancel/", why="Teise arve raha")
    assert "Laekumine on tühistatud." in text
    assert "tasumata 676,00 €" in text
    assert list(faults()) == []


def test_a_payment_that_cannot_be_keeps_what_was_typed(visit: Visit) -> None:
    invoice = issued(visit)
    typed = {"received_on": "2026-06-20", "amount": "10,00", "reference": "tulevik"}
    text = visit.send(f"invoices/{invoice.pk}/pay/", status=422, **typed)
    assert "Laekumise päev 20.06.2026 on tulevikus. Midagi ei salvestatud." in text
    assert 'value="tulevik"' in text
    assert 'value="10,00"' in text
    typed = {"received_on": "2026-06-10", "amount": "-5", "reference": ""}
    text = visit.send(f"invoices/{invoice.pk}/pay/", status=422, **typed)
    assert "Tagasi antaks rohkem, kui laekus" in text
    assert not Payment.objects.exists()


def test_overdue_invoices_are_told(visit: Visit, settings: Any) -> None:
    issued(visit)
    settings.TODAY = date(2026, 7, 1)
    text = visit.see("invoices/?open=1")
    assert "5 päeva üle" in text
    assert "1 arve on üle tähtaja." in text


def test_the_file_of_lines_has_numbers_and_days_as_such(visit: Visit) -> None:
    issued(visit, people=2)
    answer = visit.client.get(visit.path("months/2026-05/lines.xlsx"))
    assert answer["Content-Disposition"] == 'attachment; filename="2026-05.xlsx"'
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    lines = list(StatementLine.objects.order_by("number"))
    assert rows[0][-2] == "Summa"
    assert [Decimal(str(row[15])) for row in rows[1:]] == [line.amount for line in lines]
    assert rows[1][7].date() == date(2026, 5, 1)
    text = visit.client.get(visit.path("months/2026-05/lines.csv")).content.decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[15] for row in found[1:]] == ["676,00", "676,00"]
    assert found[1][7:9] == ["2026-05-01", "2026-05-31"]
    assert Event.objects.filter(name="web.download_lines").count() == 2


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_name_runs_in_a_spreadsheet(visit: Visit, name: str) -> None:
    home: Home = visit.home
    home.resident("P1")
    person = home.persons[0]
    with acting(by=operator(), name="test.rename", provider_id=home.provider.pk):
        person.first_name, person.last_name = name, ""
        person.save()
    visit.send("months/2026-05/prepare/")
    answer = visit.client.get(visit.path("months/2026-05/lines.xlsx"))
    cell = load_workbook(io.BytesIO(answer.content)).active["B2"]
    assert cell.data_type == "s"
    text = visit.client.get(visit.path("months/2026-05/lines.csv")).content.decode("utf-8-sig")
    told = list(csv.reader(io.StringIO(text), delimiter=";"))[1][1]
    assert told == f"'{person}"


@pytest.mark.parametrize("people", [1, 20])
def test_invoices_ask_the_same_few_questions(
    visit: Visit, people: int, django_assert_max_num_queries: Any
) -> None:
    invoice = issued(visit, people)
    with django_assert_max_num_queries(10):
        visit.see("invoices/")
    with django_assert_max_num_queries(14):
        visit.see(f"invoices/{invoice.pk}/")


def test_another_providers_invoice_is_not_there(visit: Visit, enter: Enter) -> None:
    invoice = issued(visit)
    other = make_home("Võõras OÜ")
    stranger = Visit(other, enter(other.accountant))
    for page in ("", "pay/"):
        stranger.see(f"invoices/{invoice.pk}/{page}", status=404)
    assert stranger.client.get(visit.path(f"invoices/{invoice.pk}/")).status_code == 404


def test_the_month_under_other_rates_is_shown_and_not_kept(visit: Visit) -> None:
    visit.home.resident("P1")
    visit.home.resident("P2", "IET")
    file = io.BytesIO(
        b"code,unit,amount,valid_from,valid_to,source\nKE,month,700.00,2026-01-01,,oma arvutus\n"
    )
    file.name = "minu.csv"
    text = visit.send("months/2026-05/compare/", status=200, rates=file)
    assert "Praegu 676,00 €, teiste määradega 700,00 €: vahe 24,00 €." in text
    assert "Maasikas P1" in text.partition("Inimesed, kelle summa muutuks")[2]
    assert not Statement.objects.exists()
    text = visit.send("months/2026-05/compare/", status=422)
    assert "Vali päev või määrade fail." in text
    file = io.BytesIO(b"code;pole\n")
    file.name = "katki.csv"
    text = visit.send("months/2026-05/compare/", status=422, rates=file)
    assert 'role="alert"' in text
    assert "vahe 0,00 €" in visit.send("months/2026-05/compare/", status=200, known="2026-05-31")
