"""What the pages of people ask for; each form gives what its action wants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tugiplaan.documents.actions import File, Retention
from tugiplaan.people.actions import Agreement, Contact, Identity, Member, Speaker
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.people.labels import document_kinds

_LANGUAGES = [
    ("", "–"),
    ("et", _("eesti")),
    ("ru", _("vene")),
    ("en", _("inglise")),
    ("uk", _("ukraina")),
    ("fi", _("soome")),
]


def offer(form: Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Say what one may choose in a field."""
    field: Any = form.fields[name]
    field.choices = choices


class IdentityForm(Form):
    """Who a person is."""

    first_name = forms.CharField(label=_("Eesnimi"), max_length=200)
    last_name = forms.CharField(label=_("Perekonnanimi"), max_length=200)
    birth_date = DayField(label=_("Sünniaeg"))
    identifier = forms.CharField(
        label=_("Isikukood"),
        max_length=40,
        required=False,
        help_text=_("Kui isikukoodi ei ole, jäta tühjaks ja lisa hiljem."),
    )
    identifier_type = forms.ChoiceField(
        label=_("Mis number see on"),
        choices=[
            ("national", _("isikukood")),
            ("passport", _("reisidokument")),
            ("other", _("muu")),
        ],
        initial="national",
        required=False,
    )
    code = forms.CharField(
        label=_("Kood teie juures"),
        max_length=64,
        required=False,
        help_text=_("Tühjaks jättes teeme koodi ise."),
    )

    def identity(self) -> Identity:
        """Give who it is."""
        asked = self.cleaned_data
        return Identity(
            first_name=asked["first_name"],
            last_name=asked["last_name"],
            birth_date=asked["birth_date"],
            code=asked["code"],
            identifier=asked["identifier"],
            identifier_type=asked["identifier_type"] or "national",
            country=self.initial.get("country") or "EE",
            first_pnh_start=self.initial.get("first_pnh_start"),
        )


class CorrectionForm(IdentityForm):
    """Who a person is, as it should have been written."""

    why = forms.CharField(
        label=_("Miks parandad"), help_text=_("Põhjus jääb parandusega koos alles.")
    )


class ContactForm(Form):
    """How a person is reached."""

    phone = forms.CharField(
        label=_("Telefon"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=_("E-post"), max_length=254, required=False, widget=forms.EmailInput
    )
    address = forms.CharField(label=_("Aadress"), max_length=300, required=False)
    language = forms.ChoiceField(label=_("Suhtluskeel"), choices=_LANGUAGES, required=False)

    def contact(self) -> Contact:
        """Give how the person is reached."""
        return Contact(**self.cleaned_data)


class _Dated(Form):
    """What holds from a day on."""

    valid_from = DayField(label=_("Alates"))
    valid_to = DayField(label=_("Kuni"), required=False)


class SpeakerForm(_Dated):
    """Who speaks for a person, and in what right."""

    kind = forms.ChoiceField(
        label=_("Kes ta on"),
        choices=[
            ("guardian", _("eestkostja")),
            ("authorised", _("volitatud esindaja")),
            ("next_of_kin", _("lähedane")),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Nimi"), max_length=200)
    basis = forms.CharField(
        label=_("Alus"),
        max_length=300,
        required=False,
        help_text=_("Kohtumäärus või volitus, kuupäev ja number."),
    )
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    email = forms.CharField(label=_("E-post"), max_length=254, required=False)
    field_order = ("kind", "name", "phone", "email", "basis", "valid_from", "valid_to")

    def speaker(self) -> Speaker:
        """Give who it is."""
        return Speaker(**self.cleaned_data)


class MemberForm(_Dated):
    """Somebody around a person."""

    name = forms.CharField(label=_("Nimi"), max_length=200)
    role = forms.CharField(
        label=_("Kes ta inimesele on"),
        max_length=100,
        help_text=_("Näiteks ema, sõber, perearst, valla sotsiaaltöötaja."),
    )
    organisation = forms.CharField(label=_("Asutus"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    email = forms.CharField(label=_("E-post"), max_length=254, required=False)
    field_order = ("name", "role", "organisation", "phone", "email", "valid_from", "valid_to")

    def member(self) -> Member:
        """Give who it is."""
        return Member(**self.cleaned_data)


class ConsentForm(_Dated):
    """What a person agrees to."""

    purpose = forms.CharField(label=_("Milleks"), max_length=100)
    scope = forms.CharField(
        label=_("Mida see lubab"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Milliseid andmeid ja kellega võib jagada."),
    )
    given_by = forms.CharField(label=_("Kes andis"), max_length=200)
    field_order = ("purpose", "scope", "given_by", "valid_from", "valid_to")

    def agreement(self) -> Agreement:
        """Give to what the person agrees."""
        return Agreement(**self.cleaned_data)


class EndForm(Form):
    """The last day of something, and why if one wants to say."""

    last_day = DayField(label=_("Viimane päev"))
    why = forms.CharField(label=_("Põhjus"), required=False)


class WithdrawalForm(Form):
    """From when on a consent no longer holds."""

    withdrawn_on = DayField(label=_("Alates sellest päevast ei kehti"))
    why = forms.CharField(
        label=_("Põhjus"), required=False, help_text=_("Põhjust ei pea keegi ütlema.")
    )


class DocumentForm(Form):
    """A file and what it is."""

    kind = forms.ChoiceField(label=_("Mis see on"))
    title = forms.CharField(label=_("Pealkiri"), max_length=300, required=False)
    dated_on = DayField(label=_("Dokumendi kuupäev"), required=False)
    file = forms.FileField(label=_("Fail"), help_text=_("PDF, pilt või muu fail."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", list(document_kinds().items()))


class ReplacementForm(DocumentForm):
    """A newer version of a document."""

    why = forms.CharField(label=_("Miks asendad"))


class ConfirmationForm(Form):
    """The confirmation of a month in hospital."""

    of = forms.ChoiceField(label=_("Millise kuu kohta"), widget=forms.RadioSelect)
    received_on = DayField(label=_("Millal saime"))
    file = forms.FileField(label=_("Fail"), required=False)
    why = forms.CharField(
        label=_("Põhjus"),
        required=False,
        help_text=_("Kui see kuu on juba arvel, kirjuta põhjus."),
    )


def file_of(form: Form, kind: str = "") -> File:
    """Give the file that a form brought, and what it is.

    Args:
        form: A form with a file.
        kind: What it is, where the form does not ask.
    """
    asked, sent = form.cleaned_data, form.cleaned_data["file"]
    return File(
        kind=kind or asked["kind"],
        title=asked.get("title") or sent.name,
        media_type=sent.content_type or "application/octet-stream",
        content=sent.read(),
        retention=Retention.CARE,
        dated_on=asked.get("dated_on") or asked.get("received_on"),
    )


class WhyOnlyForm(Form):
    """A reason."""

    why = forms.CharField(label=_("Põhjus"))


class MergeForm(Form):
    """Which other entry is the same person."""

    other = forms.CharField(
        label=_("Teise kirje kood"), help_text=_("Kood on teise kirje lehel, „Kood meil“.")
    )
    why = forms.CharField(label=_("Kust tead, et see on sama inimene"))
