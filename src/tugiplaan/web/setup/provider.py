"""The provider's own data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tugiplaan.providers.actions import ProviderData, change_provider
from tugiplaan.providers.agreements import provider_of
from tugiplaan.web.forms import Form, WhyForm
from tugiplaan.web.setup.shared import SettingForm, text

_COLUMNS = ("name", "registry_code", "vat_number", "iban", "address", "email")


class ProviderFields(Form):
    """What is asked of an organisation."""

    name = text(_("Asutuse nimi"))
    registry_code = text(
        _("Registrikood"), required=False, most=20, hint=_("8 numbrit äriregistrist.")
    )
    vat_number = text(
        _("KMKR number"),
        required=False,
        most=20,
        hint=_("Ainult käibemaksukohustuslasel, näiteks EE123456789."),
    )
    iban = text(
        _("Arvelduskonto (IBAN)"),
        required=False,
        most=40,
        hint=_("Sellele kontole tasutakse arved."),
    )
    address = text(_("Aadress"), required=False, most=300, hint=_("Seisab arvetel."))
    email = forms.EmailField(label=_("E-post"), required=False)


class ProviderForm(ProviderFields, WhyForm):
    """The data of a provider that is there."""

    field_order = (*_COLUMNS, "why")


def data_of(form: forms.Form) -> ProviderData:
    """Give what a form says of an organisation; numbers without the blanks that people put in."""
    told = form.cleaned_data
    plain = {name: told[name].replace(" ", "") for name in ("registry_code", "vat_number", "iban")}
    return ProviderData(
        name=told["name"].strip(), address=told["address"], email=told["email"], **plain
    )


class ChangeProvider(SettingForm):
    """Change the data of the provider."""

    form_class = ProviderForm
    title = _("Asutuse andmed")
    intro = _("Need andmed lähevad arvetele. Väljastatud arveid muudatus ei muuda.")
    done = _("Asutuse andmed on salvestatud.")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        provider = provider_of(self.desk.provider_id)
        return {name: getattr(provider, name) for name in _COLUMNS}

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        change_provider(
            provider=provider_of(self.desk.provider_id),
            data=data_of(form),
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
