"""Own contribution: what is due in a month, its bills, what is owed and the two-month rule."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.billing.actions.contribution_bills import (
    Billing,
    ByHand,
    bill_contribution_by_hand,
    bill_contributions,
    cancel_bill,
)
from tugiplaan.billing.bills import (
    ContributionAgreement,
    agreements_at,
    contribution_bill_at,
    contribution_payments,
    standing_bills,
)
from tugiplaan.billing.contribution import contributions_due
from tugiplaan.billing.debts import contribution_debts, may_be_refused
from tugiplaan.billing.facts import month_of
from tugiplaan.people.queries import persons_of
from tugiplaan.providers.books import period_of
from tugiplaan.providers.queries import seller_of
from tugiplaan.web.lists import paged
from tugiplaan.web.months.forms import BillForm, ByHandForm, CreditForm
from tugiplaan.web.months.room import MoneyForm, MoneyPage

_NOTHING = Decimal("0.00")


class Contributions(MoneyPage):
    """All agreements on own contribution, what is owed, and what waits to be billed."""

    template = "web/months/contributions.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        here, day = self.desk.provider_id, self.desk.day
        debts = contribution_debts(here)
        found = agreements_at(here)
        if not self.request.GET.get("all"):
            found = found.exclude(valid_to__lt=day)
        return {
            "section": "months",
            "page": paged(self.request, found),
            "is_all": bool(self.request.GET.get("all")),
            "last_month": period_of(day.replace(day=1) - timedelta(days=1)),
            "owed": sum((one.open for one in debts if one.open > 0), _NOTHING),
            "refusable": len(may_be_refused(here, day)),
        }


class Due(MoneyForm):
    """What the own contributions of a month come to; billing them."""

    permission = "billing.read"
    template = "web/months/contribution_month.html"
    form_class = BillForm

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"issued_on": self.desk.day}

    def read(self, **ids: Any) -> dict[str, Any]:
        here, period = self.desk.provider_id, ids["period"]
        dues = contributions_due(here, period)
        return super().read(**ids) | {
            "section": "months",
            "period": period,
            "dues": dues,
            "total": sum((one.amount for one in dues.due), _NOTHING),
            "bills": standing_bills(here, period),
            "is_over": month_of(period).last < self.desk.day,
        }

    def act(self, form: forms.Form, **ids: Any) -> str:
        typed, period = form.cleaned_data, ids["period"]
        done = bill_contributions(
            provider_id=self.desk.provider_id,
            billing=Billing(period, typed["issued_on"], typed["due_on"]),
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(
            ngettext(
                "Koostatud on {n} omaosaluse arve.",
                "Koostatud on {n} omaosaluse arvet.",
                len(done.bills),
            ).format(n=len(done.bills))
        )
        return self.url("contribution_month", period)


class BillByHand(MoneyForm):
    """A bill whose amount people decided by what was agreed."""

    permission = "billing.issue"
    template = "web/months/agreement_form.html"
    form_class = ByHandForm

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        asked = self.request.GET.get("month", "")
        return {"issued_on": self.desk.day, "period": asked}

    def read(self, **ids: Any) -> dict[str, Any]:
        agreement = self._agreement(ids["agreement_id"])
        return super().read(**ids) | {
            "section": "months",
            "agreement": agreement,
            "title": _("Koosta arve käsitsi"),
            "intro": _(
                "Osalise kuu ja eemaloleku kohta seaduses reeglit ei ole: summa otsustad sina "
                "kokkuleppe järgi ja kirjutad, kuidas see kujunes. Ülempiir kehtib ka siin."
            ),
            "action": _("Koosta arve"),
        }

    def act(self, form: forms.Form, **ids: Any) -> str:
        typed = form.cleaned_data
        billing = Billing(typed["period"], typed["issued_on"], typed["due_on"])
        bill = bill_contribution_by_hand(
            agreement=self._agreement(ids["agreement_id"]),
            bill=ByHand(billing, typed["amount"], typed["explanation"]),
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(_("Arve {bill} on koostatud.").format(bill=bill))
        return self.url("contribution_bill", bill.pk)

    def _agreement(self, agreement_id: UUID) -> ContributionAgreement:
        return agreements_at(self.desk.provider_id).get(pk=agreement_id)


class BillPage(MoneyPage):
    """A person's bill, to read and to print, with its payments."""

    template = "web/months/contribution_bill.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        here = self.desk.provider_id
        bill = contribution_bill_at(here, ids["bill_id"])
        payments = list(contribution_payments(bill))
        paid = sum((one.amount for one in payments), _NOTHING)
        follows = bill.corrected_by.order_by("-id").first()
        return {
            "section": "months",
            "bill": bill,
            "person": bill.agreement.referral.person,
            "seller": seller_of(here),
            "payments": payments,
            "paid": paid,
            "left": bill.amount - paid,
            "follows": follows,
            "holds": follows is None and not bill.is_cancellation,
        }

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        return [shown["person"].pk]


class CancelBill(MoneyForm):
    """Take a person's bill back."""

    permission = "billing.correct"
    template = "web/months/contribution_bill_cancel.html"
    form_class = CreditForm

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"issued_on": self.desk.day}

    def read(self, **ids: Any) -> dict[str, Any]:
        bill = contribution_bill_at(self.desk.provider_id, ids["bill_id"])
        return super().read(**ids) | {"section": "months", "bill": bill}

    def act(self, form: forms.Form, **ids: Any) -> str:
        bill = contribution_bill_at(self.desk.provider_id, ids["bill_id"])
        typed, desk = form.cleaned_data, self.desk
        gone = cancel_bill(
            bill=bill, why=typed["why"], issued_on=typed["issued_on"], by=desk.user, on=desk.day
        )
        self.say(_("Arve {bill} on tühistatud arvega {gone}.").format(bill=bill, gone=gone))
        return self.url("contribution_month", bill.period)


class Debts(MoneyPage):
    """What is owed of own contribution, and to whom the law lets the service be refused."""

    template = "web/months/debts.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        here, day = self.desk.provider_id, self.desk.day
        debts = contribution_debts(here)
        refusable = may_be_refused(here, day)
        wanted = {one.person_id for one in debts} | {one.person_id for one in refusable}
        names = {one.pk: str(one) for one in persons_of(here).filter(pk__in=wanted)}
        page = paged(self.request, debts)
        return {
            "section": "months",
            "page": page,
            "rows": [(names.get(one.person_id, ""), one, one.days_overdue(day)) for one in page],
            "owed": sum((one.open for one in debts if one.open > 0), _NOTHING),
            "refusable": [(names.get(one.person_id, ""), one) for one in refusable],
        }
