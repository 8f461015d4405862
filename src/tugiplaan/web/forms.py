"""How forms are drawn, and the fields that many of them have."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Draws forms and fields by our own templates."""

    form_template_name = "web/parts/form.html"
    field_template_name = "web/parts/field.html"


class DayInput(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y"])
        super().__init__(**kwargs)


class MoneyField(forms.DecimalField):
    """Euros, with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "number"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("\xa0", "").replace(" ", "").replace("€", "").replace(",", ".")
        return super().to_python(value)


class Form(forms.Form):
    """A form of a page. Fields that a browser should not guess say so themselves."""

    use_required_attribute = True
    error_css_class = "has-error"


class WhyForm(Form):
    """A form that asks for a reason, which the page may demand where a month was invoiced."""

    why = forms.CharField(
        label=_("Põhjus"),
        required=False,
        help_text=_("Kui muudad midagi, mis on juba arvel, kirjuta põhjus."),
        widget=forms.TextInput,
    )
