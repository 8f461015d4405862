"""Agreements on own contribution: agreeing, changing, ending, taking over, the authority's part."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.actions.contribution import (
    Terms,
    Whose,
    agree_contribution,
    change_agreement,
    end_agreement,
    record_takeover,
)
from tugiplaan.billing.actions.gaps import Gap, cancel_gap, record_gap
from tugiplaan.billing.bills import (
    ContributionAgreement,
    agreements_at,
    contribution_bills,
    gap_at,
    gaps_of,
)
from tugiplaan.billing.contribution import NoCeilingError, preview_gap
from tugiplaan.referrals.queries import visible_to
from tugiplaan.rules.contribution import OWN_CONTRIBUTION_SERVICES
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.vocabulary import Service, label
from tugiplaan.web import telling
from tugiplaan.web.months.forms import (
    AgreementFixForm,
    AgreementForm,
    EndForm,
    GapForm,
    IncomeForm,
    ReasonForm,
    TakeoverForm,
)
from tugiplaan.web.months.room import MoneyForm, MoneyPage


def _terms(typed: dict[str, Any]) -> Terms:
    names = ("valid_from", "valid_to", "monthly_fee", "daily_fee", "above_norm", "text")
    return Terms(**{name: typed[name] for name in names})


class Agree(MoneyForm):
    """Keep what was agreed with a person."""

    permission = "billing.prepare"
    template = "web/months/agree.html"
    form_class = AgreementForm

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        return AgreementForm(
            data,
            files,
            initial={"valid_from": self.desk.day.replace(day=1)} | self.initial(**ids),
            choices=[(str(one.pk), _of(one)) for one in self._referrals()],
        )

    def _referrals(self) -> Any:
        found = visible_to(self.desk.user, self.desk.day)
        services = [str(one) for one in OWN_CONTRIBUTION_SERVICES]
        found = found.filter(provider_id=self.desk.provider_id, service__in=services)
        return found.select_related("person").order_by("person__sort_name", "-valid_from")

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"section": "months"}

    def act(self, form: forms.Form, **ids: Any) -> str:  # noqa: ARG002
        typed = form.cleaned_data
        referral = self._referrals().get(pk=typed["referral"])
        agreement = agree_contribution(
            provider_id=self.desk.provider_id,
            whose=Whose(referral.pk, referral.person_id),
            terms=_terms(typed),
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(_("Kokkulepe on kirjas."))
        return self.url("agreement", agreement.pk)


def _of(referral: Any) -> str:
    service = label(Service(referral.service), language())
    return f"{referral.person} · {service} · {telling.day(referral.valid_from)}"


class AgreementPage(MoneyPage):
    """One agreement: its terms, the authority's decisions, its bills."""

    template = "web/months/agreement.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        here = self.desk.provider_id
        agreement = agreements_at(here).get(pk=ids["agreement_id"])
        return {
            "section": "months",
            "agreement": agreement,
            "service": label(Service(agreement.referral.service), language()),
            "gaps": gaps_of(agreement),
            "bills": contribution_bills(here).filter(agreement=agreement)[:24],
        }

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        return [shown["agreement"].referral.person_id]


class _OnAgreement(MoneyForm):
    """Something that is done with one agreement."""

    permission = "billing.prepare"
    template = "web/months/agreement_form.html"

    def agreement(self, **ids: Any) -> ContributionAgreement:
        return agreements_at(self.desk.provider_id).get(pk=ids["agreement_id"])

    def words(self) -> dict[str, str]:
        """Give title, intro and the word of the button."""
        raise NotImplementedError

    def read(self, **ids: Any) -> dict[str, Any]:
        shown = {"section": "months", "agreement": self.agreement(**ids)}
        return super().read(**ids) | shown | self.words()

    def done(self, agreement: ContributionAgreement, text: str) -> str:
        """Say what was done and go back to the agreement."""
        self.say(text)
        return self.url("agreement", agreement.pk)


class Fix(_OnAgreement):
    """Change an agreement that was entered wrongly."""

    form_class = AgreementFixForm

    def words(self) -> dict[str, str]:
        return {
            "title": _("Paranda kokkulepe"),
            "intro": _("Kui kirjutati valesti. Uue tasu jaoks lõpeta see ja lepi uus kokku."),
            "action": _("Salvesta"),
        }

    def initial(self, **ids: Any) -> dict[str, Any]:
        kept = self.agreement(**ids)
        names = ("valid_from", "valid_to", "monthly_fee", "daily_fee", "above_norm", "text")
        return {name: getattr(kept, name) for name in names}

    def act(self, form: forms.Form, **ids: Any) -> str:
        typed, desk = form.cleaned_data, self.desk
        kept = change_agreement(
            agreement=self.agreement(**ids),
            terms=_terms(typed),
            why=typed["why"],
            by=desk.user,
            on=desk.day,
        )
        return self.done(kept, _("Kokkulepe on parandatud."))


class End(_OnAgreement):
    """Say until when an agreement holds."""

    form_class = EndForm

    def words(self) -> dict[str, str]:
        return {
            "title": _("Lõpeta kokkulepe"),
            "intro": _("Järgmiste kuude kohta selle järgi arvet enam ei koostata."),
            "action": _("Lõpeta"),
        }

    def act(self, form: forms.Form, **ids: Any) -> str:
        typed, desk = form.cleaned_data, self.desk
        kept = end_agreement(
            agreement=self.agreement(**ids),
            last_day=typed["last_day"],
            why=typed["why"],
            by=desk.user,
            on=desk.day,
        )
        return self.done(kept, _("Kokkulepe lõpeb sel päeval."))


class Takeover(_OnAgreement):
    """Record who pays for the person."""

    form_class = TakeoverForm

    def words(self) -> dict[str, str]:
        return {
            "title": _("Tasumise ülevõtmine"),
            "intro": _(
                "Kui keegi võttis tasumise üle, ei tohi teenusest võla pärast keelduda "
                "(SHS § 78 lg 1)."
            ),
            "action": _("Salvesta"),
        }

    def initial(self, **ids: Any) -> dict[str, Any]:
        return {"payer": self.agreement(**ids).taken_over_by}

    def act(self, form: forms.Form, **ids: Any) -> str:
        payer, desk = form.cleaned_data["payer"], self.desk
        kept = record_takeover(
            agreement=self.agreement(**ids), payer=payer, by=desk.user, on=desk.day
        )
        return self.done(kept, _("Kirjas."))


class RecordGap(_OnAgreement):
    """Record what the authority decided to pay of the person's part."""

    form_class = GapForm

    def words(self) -> dict[str, str]:
        return {
            "title": _("SKA otsus puudujääva osa kohta"),
            "intro": _("Riik maksab osa inimese eest, kui sissetulekust ei jätku (SHS § 74)."),
            "action": _("Salvesta"),
        }

    def act(self, form: forms.Form, **ids: Any) -> str:
        typed, agreement = form.cleaned_data, self.agreement(**ids)
        record_gap(
            agreement=agreement,
            gap=Gap(typed["period"], typed["amount"], typed["reference"]),
            why=typed["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.done(agreement, _("Otsus on kirjas."))


class PreviewGap(_OnAgreement):
    """Preview what the person would pay and what the state would."""

    form_class = IncomeForm
    permission = "billing.read"

    def words(self) -> dict[str, str]:
        return {
            "title": _("Kui palju riik maksaks?"),
            "intro": _("Arvutus SHS § 74 järgi. Otsustab SKA; siin ei salvestata midagi."),
            "action": _("Arvuta"),
        }

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse:
        agreement = self.agreement(**ids)
        try:
            found = preview_gap(agreement, form.cleaned_data["income"], self.desk.day)
        except NoCeilingError as error:
            raise RefusedError(str(error)) from error
        steps = [tell_step(step, language()) for step in found.explanation]
        return self.show(self.read(**ids) | {"form": form, "preview": found, "steps": steps})


class CancelGap(_OnAgreement):
    """Say that a decision was not made."""

    form_class = ReasonForm

    def agreement(self, **ids: Any) -> ContributionAgreement:
        return gap_at(self.desk.provider_id, ids["gap_id"]).agreement

    def words(self) -> dict[str, str]:
        return {
            "title": _("Tühista otsus"),
            "intro": _("Siis kehtib jälle eelmine otsus. Juba koostatud arved ei muutu."),
            "action": _("Tühista otsus"),
        }

    def act(self, form: forms.Form, **ids: Any) -> str:
        row = gap_at(self.desk.provider_id, ids["gap_id"])
        why = form.cleaned_data["why"]
        cancel_gap(row=row, why=why, by=self.desk.user, on=self.desk.day)
        return self.done(row.agreement, _("Otsus on tühistatud."))
