"""Own contribution on its pages: agreed, billed, paid, owed; the authority's part."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.billing.home import Home, make_home
from tests.web.months import Visit
from tugiplaan.accounts.access import User
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.billing.models import (
    ContributionAgreement,
    ContributionBill,
    ContributionPayment,
    GapDecision,
)

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]

TERMS: dict[str, Any] = {"valid_from": "2026-04-01", "monthly_fee": "400,00"}
DATES: dict[str, Any] = {"issued_on": "2026-06-01", "due_on": "2026-06-14"}


@pytest.fixture
def visit(enter: Enter) -> Visit:
    home = make_home()
    return Visit(home, enter(home.accountant))


def agreed(visit: Visit, code: str = "P1", **days: Any) -> ContributionAgreement:
    """Agree on 400 euros a month with a new resident."""
    referral = visit.home.resident(code, **days)
    visit.send("contributions/agree/", referral=referral.pk, **TERMS)
    return ContributionAgreement.objects.get(referral=referral)


def billed(visit: Visit, month: str = "2026-05", **dates: Any) -> ContributionBill:
    visit.send(f"contributions/months/{month}/", **{**DATES, **dates})
    return ContributionBill.objects.get(period=int(month.replace("-", "")))


def test_an_agreement_is_made_billed_and_paid(visit: Visit) -> None:
    agreement = agreed(visit)
    assert "Maasikas P1" in visit.see("contributions/")
    text = visit.see("contributions/months/2026-05/")
    assert "Arvele läheb 1 inimese osa, 400,00 €." in text
    text = visit.follow("contributions/months/2026-05/", **DATES)
    assert "Koostatud on 1 omaosaluse arve." in text
    bill = ContributionBill.objects.get()
    text = visit.see(f"contributions/bills/{bill.pk}/")
    assert bill.explanation.replace("\xa0", " ") in text
    assert "Laekunud 0,00 €, tasumata 400,00 €." in text
    page = f"contributions/bills/{bill.pk}/pay/"
    assert 'value="400.00"' in visit.see(page)
    assert "tasumata 0,00 €" in visit.follow(
        page, received_on="2026-06-10", amount="400", reference="eestkostja"
    )
    payment = ContributionPayment.objects.get()
    visit.send(f"contributions/payments/{payment.pk}/cancel/", why="Teise inimese raha")
    assert "Tasumata on 400,00 €." in visit.see("contributions/debts/")
    assert "O-2026-1" in visit.see(f"contributions/{agreement.pk}/")
    assert Event.objects.filter(name="web.agreement").count() == 1
    assert list(faults()) == []


def test_a_fee_above_the_ceiling_is_refused_with_what_was_typed(visit: Visit) -> None:
    referral = visit.home.resident("P1")
    typed = {**TERMS, "monthly_fee": "900,00", "text": "Suur tuba"}
    text = visit.send("contributions/agree/", status=422, referral=referral.pk, **typed)
    assert "on üle ülempiiri" in text
    assert 'value="900,00"' in text
    assert "Suur tuba" in text
    assert not ContributionAgreement.objects.exists()


def test_only_services_with_own_contribution_are_offered(visit: Visit) -> None:
    visit.home.resident("P1", "IET")
    referral = visit.home.resident("P2")
    text = visit.see("contributions/agree/")
    assert "Maasikas P2" in text
    assert "Maasikas P1" not in text
    stranger = make_home("Võõras OÜ").resident("P3")
    text = visit.send("contributions/agree/", status=422, referral=stranger.pk, **TERMS)
    assert referral.pk != stranger.pk
    assert not ContributionAgreement.objects.exists()


def test_a_part_of_a_month_is_billed_by_hand_with_an_explanation(visit: Visit) -> None:
    agreement = agreed(visit, arrived=date(2026, 5, 10))
    text = visit.see("contributions/months/2026-05/")
    assert "osa kuu kohta seaduses reeglit" in text
    assert "Koosta käsitsi" in text
    page = f"contributions/{agreement.pk}/bill/"
    assert 'value="2026-05"' in visit.see(f"{page}?month=2026-05")
    typed = {**DATES, "period": "2026-05", "amount": "200", "explanation": ""}
    visit.send(page, status=422, **typed)
    assert not ContributionBill.objects.exists()
    typed["explanation"] = "22 päeva 31-st"
    typed["amount"] = "500"
    text = visit.send(page, status=422, **typed)
    assert "üle ülempiiri" in text
    assert "22 päeva 31-st" in text
    typed["amount"] = "283,87"
    text = visit.follow(page, **typed)
    assert "Arve O-2026-1 on koostatud." in text
    assert "22 päeva 31-st" in text


def test_a_bill_is_taken_back_with_a_reason(visit: Visit) -> None:
    agreed(visit)
    bill = billed(visit)
    page = f"contributions/bills/{bill.pk}/cancel/"
    text = visit.follow(page, why="Inimene oli haiglas", issued_on="2026-06-10")
    assert "Arve O-2026-1 on tühistatud arvega O-2026-2." in text
    assert "See arve ei kehti: O-2026-2 võttis selle tagasi." in visit.see(
        f"contributions/bills/{bill.pk}/"
    )
    text = visit.send(page, status=422, why="Veel kord", issued_on="2026-06-10")
    assert "vahepeal parandatud või tühistatud" in text


def test_an_agreement_is_put_right_ended_and_taken_over(visit: Visit) -> None:
    agreement = agreed(visit)
    page = f"contributions/{agreement.pk}/"
    typed = {**TERMS, "monthly_fee": "380,00", "why": "Trükiviga"}
    assert "380,00 € kuus" in visit.follow(f"{page}fix/", **typed)
    assert "Anne Eestkostja" in visit.follow(f"{page}payer/", payer="Anne Eestkostja")
    text = visit.send(f"{page}end/", status=422, last_day="2026-03-01", why="")
    assert "Kokkulepe lõpeb enne, kui algab." in text
    assert "30.06.2026" in visit.follow(f"{page}end/", last_day="2026-06-30", why="Kolib")
    billed(visit)
    text = visit.send(f"{page}fix/", status=422, **typed)
    assert "lõpeta see ja lepi uus kokku" in text
    assert 'value="Trükiviga"' in text


def test_the_authoritys_decision_is_recorded_and_cancelled(visit: Visit) -> None:
    agreement = agreed(visit)
    page = f"contributions/{agreement.pk}/gap/"
    typed = {"period": "2026-05", "amount": "120", "reference": "SKA 77"}
    assert "alates mai 2026: 120,00 € kuus" in visit.follow(page, **typed)
    assert "280,00 €" in visit.see("contributions/months/2026-05/")
    text = visit.send(page, status=422, **{**typed, "amount": "130"})
    assert "on juba otsus SKA 77" in text
    assert 'value="SKA 77"' in text
    text = visit.send(page, status=422, **{**typed, "period": "mai"})
    assert "Kirjuta kuu nii: 2026-05." in text
    gap = GapDecision.objects.get()
    text = visit.follow(f"contributions/gaps/{gap.pk}/cancel/", why="Otsus muudeti")
    assert "Otsuseid ei ole" in text


def test_the_states_part_is_previewed_and_nothing_kept(visit: Visit) -> None:
    agreement = agreed(visit)
    text = visit.send(f"contributions/{agreement.pk}/preview/", status=200, income="300")
    assert "maksaks riik" in text
    assert 'class="ladder"' in text
    assert not GapDecision.objects.exists()
    text = visit.send(f"contributions/{agreement.pk}/preview/", status=422, income="-5")
    assert 'value="-5"' in text


def test_two_unpaid_months_are_told_with_the_rule(visit: Visit) -> None:
    agreed(visit)
    billed(visit, "2026-04", due_on="2026-05-10", issued_on="2026-05-01")
    assert "§ 78" not in visit.see("contributions/debts/")
    billed(visit)
    text = visit.see("contributions/debts/")
    assert "SHS § 78 lg 1" in text
    assert "800,00 €" in text
    assert "36 päeva üle" in text
    assert "1 inimene on kaks kuud maksmata." in visit.see("contributions/")


@pytest.mark.parametrize("people", [1, 20])
def test_pages_of_own_contribution_ask_the_same_few_questions(
    visit: Visit, people: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        agreed(visit, f"P{number}")
    with django_assert_max_num_queries(14):
        visit.see("contributions/")
    with django_assert_max_num_queries(18):
        visit.see("contributions/months/2026-05/")
    visit.send("contributions/months/2026-05/", **DATES)
    with django_assert_max_num_queries(14):
        visit.see("contributions/debts/")


def test_another_providers_agreement_is_not_there(visit: Visit, enter: Enter) -> None:
    agreement = agreed(visit)
    other: Home = make_home("Võõras OÜ")
    stranger = Visit(other, enter(other.accountant))
    for page in ("", "fix/", "end/", "payer/", "gap/", "preview/", "bill/"):
        stranger.see(f"contributions/{agreement.pk}/{page}", status=404)
