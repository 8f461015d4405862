"""Who works under supervision: what to tell of it, naming a supervisor and ending it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tugiplaan.providers.actions import Supervisor, end_supervision, supervise
from tugiplaan.providers.queries import TraineeState, staff_of, supervisions_of
from tugiplaan.rules.staffing import TrainingCaution
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.setup.shared import PickField, SettingForm, offer


def standing(trainee: TraineeState) -> str:
    """Say whether a worker may work alone, and who supervises; empty: no post is held."""
    found = trainee.state.by_service.values()
    if not found:
        return ""
    if not any(one.needs_supervision for one in found):
        return _t("Koolitus on tehtud: võib töötada iseseisvalt.")
    if trainee.supervisor is None:
        return _t("Töötab juhendamisel, kuni koolitus on läbi. Juhendajat ei ole määratud.")
    return _t("Töötab juhendamisel, kuni koolitus on läbi. Juhendaja on {name}.").format(
        name=trainee.supervisor
    )


def cautions_told(trainee: TraineeState) -> list[str]:
    """Tell a worker what to see to while recording; nothing of it refuses a record.

    Law: SHS § 86(1), R38 §§ 2–3.
    """
    texts = {
        TrainingCaution.MAY_NOT_BEGIN: _t(
            "Sinu algkoolitus on kirja järgi läbimata. Räägi juhiga, enne kui üksi töötad."
        ),
        TrainingCaution.OVERDUE: _t("Sinu koolituse tähtaeg on möödas. Räägi juhiga."),
        TrainingCaution.UNSUPERVISED: _t(
            "Sinu koolitus on pooleli ja juhendajat ei ole määratud. Palu juhil see määrata."
        ),
    }
    return [texts[one] for one in trainee.cautions]


class _OfWorker(SettingForm):
    back = "setup_worker"

    def back_url(self, **ids: Any) -> str:
        return self.url(self.back, ids["staff_id"])

    def staff(self, **ids: Any) -> Any:
        """Give the worker of the address."""
        return staff_of(self.desk.provider_id).get(pk=ids["staff_id"])


class SupervisorForm(Form):
    """Who supervises, from when."""

    supervisor = PickField(label=_("Juhendaja"))
    valid_from = DayField(label=_("Alates"))


class NameSupervisor(_OfWorker):
    """Name who supervises a worker."""

    form_class = SupervisorForm
    title = _("Määra juhendaja")
    intro = _(
        "Kuni koolitus on pooleli, töötab tegevusjuhendaja juhendamisel (määrus nr 38 §-d 2 ja 3). "
        "Eelmine juhendaja lõpetab päev varem."
    )
    done = _("Juhendaja on määratud.")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"valid_from": self.desk.day}

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        worker = self.staff(**ids)
        form = super().form(data, files, **ids)
        others = staff_of(self.desk.provider_id, self.desk.day).exclude(pk=worker.pk)
        offer(form, "supervisor", ((one.pk, str(one)) for one in others))
        return form

    def save(self, form: forms.Form, **ids: Any) -> None:
        told = form.cleaned_data
        data = Supervisor(told["supervisor"], told["valid_from"])
        supervise(staff=self.staff(**ids), data=data, by=self.desk.user, on=self.desk.day)


class LastForm(Form):
    """The last day."""

    last_day = DayField(label=_("Viimane päev"))


class EndSupervision(_OfWorker):
    """Record that a worker is supervised no more."""

    form_class = LastForm
    title = _("Lõpeta juhendamine")
    done = _("Juhendamise lõpp on salvestatud.")

    def row(self, **ids: Any) -> Any:
        """Give the supervision of the address."""
        return supervisions_of(self.staff(**ids)).get(pk=ids["supervision_id"])

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        self.row(**ids)
        return super().form(data, files, **ids)

    def save(self, form: forms.Form, **ids: Any) -> None:
        end_supervision(
            supervision=self.row(**ids),
            last_day=form.cleaned_data["last_day"],
            by=self.desk.user,
            on=self.desk.day,
        )
