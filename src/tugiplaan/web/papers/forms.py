"""What the pages of papers ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tugiplaan.documents.papers import Addressee, Sending, Way
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.kinds import KINDS
from tugiplaan.web.forms import DayField, Form

_LANGUAGES = [("et", _("eesti")), ("ru", _("vene")), ("en", _("inglise"))]


class MakeForm(Form):
    """In which language a paper is made, and what somebody adds."""

    language = forms.ChoiceField(label=_("Dokumendi keel"), choices=_LANGUAGES)


class NoticeForm(MakeForm):
    """A notice: also what somebody adds in their own words."""

    note = forms.CharField(
        label=_("Lisa oma sõnadega"),
        required=False,
        help_text=_("Mida saaja veel teadma peab. Kõik muu võetakse kirjetest."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LearnedForm(NoticeForm):
    """A notice whose time runs from the day of learning."""

    learned_on = DayField(
        label=_("Millal saite teada"),
        help_text=_("Sellest päevast loetakse teatamise tähtaega."),
    )


class EndForm(NoticeForm):
    """A notice of an end that somebody plans."""

    ends_on = DayField(
        label=_("Lepingu viimane päev"),
        help_text=_("Sellest päevast loetakse teatamise tähtaega."),
    )


class SentForm(Form):
    """To whom a paper went, how and when."""

    to_whom = forms.ChoiceField(
        label=_("Kellele"), choices=Addressee.choices, widget=forms.RadioSelect
    )
    way = forms.ChoiceField(label=_("Kuidas"), choices=Way.choices, widget=forms.RadioSelect)
    sent_on = DayField(label=_("Millal"))
    receiver = forms.CharField(label=_("Saaja nimi või aadress"), max_length=200, required=False)

    def sending(self) -> Sending:
        """Give the sending."""
        asked = self.cleaned_data
        return Sending(
            to_whom=Addressee(asked["to_whom"]),
            way=Way(asked["way"]),
            sent_on=asked["sent_on"],
            receiver=asked["receiver"],
        )


class CancelForm(Form):
    """Why something does not hold."""

    why = forms.CharField(label=_("Põhjus"))


class TemplateForm(Form):
    """A template of an organisation's own."""

    kind = forms.ChoiceField(
        label=_("Milline dokument"),
        choices=lambda: [(code.value, KINDS[code].title) for code in PaperKind],
    )
    language = forms.ChoiceField(label=_("Dokumendi keel"), choices=_LANGUAGES)
    file = forms.FileField(
        label=_("Mall (DOCX)"),
        required=False,
        help_text=_("Jäta tühjaks, kui soovid tagasi programmi enda malli."),
    )
