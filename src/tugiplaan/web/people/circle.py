"""Who speaks for a person, who is around them, what they agree to; who they are."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.people import actions
from tugiplaan.people.queries import Person, circle_of, persons_of
from tugiplaan.web.forms import Form
from tugiplaan.web.people.forms import (
    ConsentForm,
    ContactForm,
    CorrectionForm,
    EndForm,
    IdentityForm,
    MemberForm,
    MergeForm,
    SpeakerForm,
    WithdrawalForm,
)
from tugiplaan.web.people.reach import Panel, PersonForm, person_at
from tugiplaan.web.shared import FormPage


class Circle(Panel):
    """Who speaks for the person, who is around them, what they agree to."""

    permission = "people.read"
    template = "web/people/circle.html"

    def tell(self, person: Person) -> dict[str, Any]:
        return {"tab": "circle", "circle": circle_of(person.pk)}


class Register(FormPage):
    """A new person."""

    permission = "people.write"
    template = "web/people/form.html"
    form_class = IdentityForm

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {
            "section": "people",
            "title": _("Lisa inimene"),
            "back": self.url("people"),
        }

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        desk = self.desk
        person = actions.register(
            provider_id=desk.provider_id, identity=form.identity(), by=desk.user, on=desk.day
        )
        self.say(_("{person} on kirjas.").format(person=person))
        return self.url("person", person.pk)


class Correct(PersonForm):
    """Who the person is, corrected with a reason."""

    permission = "people.write"
    form_class = CorrectionForm
    title = gettext_lazy("Paranda isikuandmeid")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        person = self.person
        return {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "birth_date": person.birth_date,
            "identifier": person.identifier,
            "identifier_type": person.identifier_type or "national",
            "code": person.code,
            "country": person.identifier_country,
            "first_pnh_start": person.first_pnh_start,
        }

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        actions.correct_identity(
            person=self.person,
            identity=form.identity(),
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.done(_("Andmed on parandatud; varasemad jäid ajalukku alles."))


class ChangeContact(PersonForm):
    """How the person is reached."""

    permission = "people.write"
    form_class = ContactForm
    title = gettext_lazy("Muuda kontakte")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        names = ("phone", "email", "address", "language")
        return {name: getattr(self.person, name) for name in names}

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        actions.change_contact(
            person=self.person, contact=form.contact(), by=self.desk.user, on=self.desk.day
        )
        return self.done(_("Kontaktid on muudetud."))


class _CircleForm(PersonForm):
    permission = "people.write"
    back = "person_circle"

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"valid_from": self.desk.day}


class AddSpeaker(_CircleForm):
    """Somebody who speaks for the person."""

    form_class = SpeakerForm
    title = gettext_lazy("Lisa esindaja")

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        row = actions.add_representative(
            person=self.person, speaker=form.speaker(), by=self.desk.user, on=self.desk.day
        )
        return self.done(_("{name} on kirjas.").format(name=row.name))


class AddMember(_CircleForm):
    """Somebody around the person."""

    form_class = MemberForm
    title = gettext_lazy("Lisa inimene võrgustikku")

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        row = actions.add_network_member(
            person=self.person, member=form.member(), by=self.desk.user, on=self.desk.day
        )
        return self.done(_("{name} on kirjas.").format(name=row.name))


class GiveConsent(_CircleForm):
    """What the person agrees to."""

    form_class = ConsentForm
    title = gettext_lazy("Lisa nõusolek")

    def initial(self, **ids: Any) -> dict[str, Any]:
        return super().initial(**ids) | {"given_by": str(self.person)}

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        row = actions.give_consent(
            person=self.person, agreement=form.agreement(), by=self.desk.user, on=self.desk.day
        )
        return self.done(_("Nõusolek „{purpose}“ on kirjas.").format(purpose=row.purpose))


class _EndForm(PersonForm):
    """The end of something of the person's circle, which the address names."""

    permission = "people.write"
    back = "person_circle"
    form_class: ClassVar[type[Form]] = EndForm
    row: Any

    def find(self, row_id: UUID) -> Any:
        """Find what ends among what the person has."""
        raise NotImplementedError

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        self.person = person_at(self.desk, ids["person_id"], self.permission)
        self.row = self.find(ids["row_id"])
        return super().form(data, files, **ids)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"last_day": self.desk.day, "withdrawn_on": self.desk.day}


class EndSpeaker(_EndForm):
    """Somebody no longer speaks for the person."""

    def heading(self) -> str:
        return _("{name} ei ole enam esindaja").format(name=self.row.name)

    def find(self, row_id: UUID) -> Any:
        return circle_of(self.person.pk).speakers.get(pk=row_id)

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        actions.end_representative(
            representative=self.row, **form.cleaned_data, by=self.desk.user, on=self.desk.day
        )
        return self.done(_("Lõpp on kirjas."))


class EndMember(_EndForm):
    """Somebody is no longer around the person."""

    def heading(self) -> str:
        return _("{name} ei ole enam võrgustikus").format(name=self.row.name)

    def find(self, row_id: UUID) -> Any:
        return circle_of(self.person.pk).network.get(pk=row_id)

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        last_day = form.cleaned_data["last_day"]
        actions.end_network_member(
            member=self.row, last_day=last_day, by=self.desk.user, on=self.desk.day
        )
        return self.done(_("Lõpp on kirjas."))


class WithdrawConsent(_EndForm):
    """The person takes a consent back."""

    form_class = WithdrawalForm

    def heading(self) -> str:
        return _("Nõusolek „{purpose}“ võetakse tagasi").format(purpose=self.row.purpose)

    def find(self, row_id: UUID) -> Any:
        return circle_of(self.person.pk).consents.get(pk=row_id)

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        actions.withdraw_consent(
            consent=self.row, **form.cleaned_data, by=self.desk.user, on=self.desk.day
        )
        return self.done(_("Nõusolek on tagasi võetud."))


class MergeEntries(PersonForm):
    """Another entry is found to be the same person."""

    permission = "people.write"
    form_class = MergeForm
    title = gettext_lazy("Ühenda topeltkirje")

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        code = form.cleaned_data["other"].strip()
        other = persons_of(self.desk.provider_id).filter(code__iexact=code).first()
        if other is None:
            raise actions.UnableToMergeError(
                _("Koodiga {code} kirjet ei ole. Midagi ei muudetud.").format(code=code)
            )
        why, by, on = form.cleaned_data["why"], self.desk.user, self.desk.day
        actions.merge(kept=self.person, merged=other, why=why, by=by, on=on)
        return self.done(_("Kirjed on ühendatud; mõlema ajalugu jäi alles."))
