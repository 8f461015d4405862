"""Own prices, component price lists with what must be confirmed, and rates with their act."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tugiplaan.month_folder.checks import unit_of
from tugiplaan.pricelists.actions import (
    Confirmation,
    ListPrice,
    Price,
    SourcedRate,
    add_component_price,
    confirm_price,
    end_price,
    enter_rate,
    set_own_price,
    take_over_template,
)
from tugiplaan.pricelists.queries import component_prices_of, own_prices_of, rates_of
from tugiplaan.providers.agreements import billing_terms_of
from tugiplaan.rules.packs import TemplatePrice, price_templates
from tugiplaan.rules.services import NEW_PLACE_SUFFIX, UNITS, catalogue
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, Mode, SizeClass, Tier, Unit
from tugiplaan.web.forms import DayField, Form, MoneyField, WhyForm
from tugiplaan.web.setup.places import holds
from tugiplaan.web.setup.shared import RADIO, CodeField, SettingForm, SettingPage, text, word

_AUDIENCES = (Audience.PERSON, Audience.FAMILY, Audience.PROVIDER)


class Prices(SettingPage):
    """Prices and rates, the unconfirmed ones first."""

    permission = "pricelists.read"
    template = "web/setup/prices.html"

    def listed(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        provider_id, day = self.desk.provider_id, self.desk.day
        names = {row.funder: row.funder_name for row in billing_terms_of(provider_id)}
        prices = [_told(row, holds(row, day)) for row in component_prices_of(provider_id)]
        labels = dict(rate_code_labels())
        return {
            "unsure": [one for one in prices if not one["row"].is_confirmed],
            "lists": [
                (names.get(funder, funder), funder, list(rows))
                for funder, rows in groupby(prices, lambda one: one["row"].funder)
            ],
            "own": [
                (labels.get(row.code, row.code), row, holds(row, day))
                for row in own_prices_of(provider_id)
            ],
            "rates": [
                (labels.get(row.code, row.code), row, holds(row, day))
                for row in rates_of(provider_id)
            ],
        }


def _told(row: Any, state: str) -> dict[str, Any]:
    return {
        "row": row,
        "state": state,
        "mode": word(Mode(row.mode)),
        "audience": word(Audience(row.audience)),
        "tier": word(Tier(row.tier)),
        "ceiling_period": word(CeilingPeriod(row.ceiling_period)) if row.ceiling_period else "",
    }


def rate_code_labels() -> list[tuple[str, str]]:
    """Give every rate code with the service, variant and size or unit that it is the price of."""
    found: list[tuple[str, str]] = []
    for kind in catalogue().values():
        what = word(kind.service) + (f", {word(kind.variant)}" if kind.variant else "")
        details: list[SizeClass | Unit | None] = [None]
        if kind.family == UNITS:
            details = [Unit.DAY, Unit.OOP]
        elif kind.is_sized:
            details = list(SizeClass)
        for detail in details:
            code = kind.rate_code(detail)
            more = f", {word(detail)}" if detail else ""
            found.append((code, f"{what}{more} ({code})"))
        if kind.has_new_place:
            code = f"{kind.stem}_{NEW_PLACE_SUFFIX}"
            found.append((code, _t("{what}, uus koht ({code})").format(what=what, code=code)))
    return found


class _PriceForm(SettingForm):
    permission = "pricelists.write"
    back = "setup_prices"


class OwnPriceForm(WhyForm):
    """A price of one's own and its days."""

    code = forms.ChoiceField(label=_("Mille hind"), choices=rate_code_labels)
    amount = MoneyField(
        label=_("Hind eurodes"), min_value=0, max_digits=14, decimal_places=6,
        help_text=_("Sama ühiku kohta kui riigi määr (kuu, päev või ööpäev)."),
    )  # fmt: skip
    valid_from = DayField(label=_("Alates"))
    valid_to = DayField(label=_("Kuni"), required=False, help_text=_("Tühi: edaspidi."))
    field_order = ("code", "amount", "valid_from", "valid_to", "why")


class SetOwnPrice(_PriceForm):
    """Set the provider's own price from a day on."""

    form_class = OwnPriceForm
    title = _("Oma hind")
    intro = _(
        "Kui teie hind on riigi maksimaalsest maksumusest väiksem, tasutakse teie hinna järgi "
        "(SHS § 79 lg 1)."
    )
    done = _("Oma hind on salvestatud.")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"valid_from": self.desk.day.replace(day=1)}

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        told = dict(form.cleaned_data)
        why = told.pop("why")
        set_own_price(
            provider_id=self.desk.provider_id,
            price=Price(**told),
            why=why,
            by=self.desk.user,
            on=self.desk.day,
        )


class RateForm(WhyForm):
    """A rate with its act and days."""

    code = forms.ChoiceField(label=_("Mille määr"), choices=rate_code_labels)
    amount = MoneyField(label=_("Määr eurodes"), min_value=0, max_digits=14, decimal_places=6)
    source = text(
        _("Õigusakt ja säte"),
        most=500,
        hint=_(
            "Näiteks akti nimi, paragrahv ja Riigi Teataja viide. Ilma allikata määra ei kasutata."
        ),
    )
    valid_from = DayField(label=_("Kehtib alates"))
    valid_to = DayField(label=_("Kehtib kuni"), required=False, help_text=_("Tühi: edaspidi."))
    known_from = DayField(
        label=_("Avaldati"),
        required=False,
        help_text=_("Kui akt muutis tagasiulatuvalt, siis päev, millest alates oli määr teada."),
    )
    cap = text(_("Piirang akti sõnadega"), required=False, most=500)
    field_order = ("code", "amount", "source", "valid_from", "valid_to", "known_from", "cap", "why")


class EnterRate(_PriceForm):
    """Enter a rate of an act."""

    form_class = RateForm
    title = _("Lisa määr koos õigusaktiga")
    intro = _(
        "Oma päevadel läheb lisatud määr sisseehitatust ette. Iga rida arvel näitab selle allikat."
    )
    done = _("Määr on salvestatud.")

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        told = dict(form.cleaned_data)
        why = told.pop("why")
        enter_rate(
            provider_id=self.desk.provider_id,
            rate=SourcedRate(unit=unit_of(told["code"]), **told),
            why=why,
            by=self.desk.user,
            on=self.desk.day,
        )


class ComponentPriceForm(WhyForm):
    """One row of a component price list."""

    funder = text(_("Rahastaja registrikood"), most=64)
    component = text(_("Komponendi kood"), most=64, hint=_("Nagu hinnakirjas, näiteks B1."))
    name = text(_("Nimetus"), most=300)
    tier = CodeField(Tier, label=_("Liik"))
    mode = CodeField(Mode, label=_("Viis"))
    audience = CodeField(_AUDIENCES, label=_("Kellega"))
    price = MoneyField(label=_("Tunnihind eurodes"), min_value=0, max_digits=14, decimal_places=6)
    ceiling = MoneyField(label=_("Piirmäär inimese kohta eurodes"), min_value=0, required=False)
    ceiling_period = CodeField(
        CeilingPeriod, none=_("piirmäära ei ole"), label=_("Piirmäära aeg"), required=False
    )
    valid_from = DayField(label=_("Alates"))
    valid_to = DayField(label=_("Kuni"), required=False, help_text=_("Tühi: edaspidi."))
    source = text(_("Allikas"), required=False, most=500, hint=_("Leping või avaldatud hinnakiri."))
    is_confirmed = forms.BooleanField(
        label=_("Hind on lepingust kontrollitud: selle järgi võib arveldada"), required=False
    )
    field_order = (
        *("funder", "component", "name", "tier", "mode", "audience", "price", "ceiling"),
        *("ceiling_period", "valid_from", "valid_to", "source", "is_confirmed", "why"),
    )


class AddComponentPrice(_PriceForm):
    """Add a row to a component price list."""

    form_class = ComponentPriceForm
    title = _("Lisa komponendi hind")
    done = _("Hind on lisatud.")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        given = {name: self.request.GET.get(name, "") for name in ("funder", "component")}
        return given | {"valid_from": self.desk.day.replace(day=1)}

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        told = dict(form.cleaned_data)
        why = told.pop("why")
        add_component_price(
            provider_id=self.desk.provider_id,
            price=ListPrice(**told),
            why=why,
            by=self.desk.user,
            on=self.desk.day,
        )


class ConfirmForm(WhyForm):
    """The days for which somebody vouches for a price."""

    valid_from = DayField(label=_("Hind kehtib alates"))
    valid_to = DayField(label=_("Hind kehtib kuni"), required=False, help_text=_("Tühi: edaspidi."))
    is_checked = forms.BooleanField(label=_("Võrdlesin hinda lepingu või avaldatud hinnakirjaga."))
    field_order = ("valid_from", "valid_to", "is_checked", "why")


class _OnePrice(_PriceForm):
    template = "web/setup/price.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        row = component_prices_of(self.desk.provider_id).get(pk=ids["price_id"])
        return super().read(**ids) | {"price": _told(row, holds(row, self.desk.day))}


class ConfirmPrice(_OnePrice):
    """Confirm a price with its days: from now on it is billed on them."""

    form_class = ConfirmForm
    title = _("Kinnita hind")
    intro = _(
        "Kinnitamata hinda arvele ei panda. Kinnitades ütled, mis päevadel see kindlasti kehtib."
    )
    button = _("Kinnitan")
    done = _("Hind on kinnitatud: nüüd saab selle järgi arveldada.")

    def save(self, form: forms.Form, **ids: Any) -> None:
        told = form.cleaned_data
        confirm_price(
            price=component_prices_of(self.desk.provider_id).get(pk=ids["price_id"]),
            confirmation=Confirmation(told["valid_from"], told["valid_to"], told["why"]),
            by=self.desk.user,
            on=self.desk.day,
        )


class EndPriceForm(WhyForm):
    """The last day of a price."""

    last_day = DayField(label=_("Viimane päev"))
    field_order = ("last_day", "why")


class EndPrice(_OnePrice):
    """End a price, or make it end on another day."""

    form_class = EndPriceForm
    title = _("Lõpeta hind")
    button = _("Lõpetan")
    done = _("Hinna viimane päev on salvestatud.")

    def save(self, form: forms.Form, **ids: Any) -> None:
        end_price(
            price=component_prices_of(self.desk.provider_id).get(pk=ids["price_id"]),
            last_day=form.cleaned_data["last_day"],
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )


def _template_choices() -> list[tuple[str, str]]:
    found = []
    for version, rows in price_templates().items():
        days = sorted({row.stated for row in rows})
        label = _t("{version}: {source}, {days} ({n} rida)")
        found.append(
            (
                version,
                label.format(
                    version=version, source=rows[0].source, days=", ".join(days), n=len(rows)
                ),
            )
        )
    return found


class TakeOverForm(Form):
    """Which published list, and who pays by it."""

    version = forms.ChoiceField(label=_("Hinnakiri"), choices=_template_choices, widget=RADIO)
    funder = text(_("Kes selle järgi tasub: registrikood"), most=64)


class TakeOver(_PriceForm):
    """Copy a published price list into one's own, every row unconfirmed."""

    form_class = TakeOverForm
    template = "web/setup/take_over.html"
    title = _("Võta hinnakiri üle")
    intro = _(
        "Hinnad tulevad kinnitamata: neid arvele ei panda enne, kui oled iga hinna koos päevadega "
        "kinnitanud."
    )
    button = _("Võtan üle")

    def read(self, **ids: Any) -> dict[str, Any]:
        rows = [(version, _rows(found)) for version, found in price_templates().items()]
        return super().read(**ids) | {"templates": rows}

    def act(self, form: forms.Form, **ids: Any) -> str:  # noqa: ARG002
        taken = take_over_template(
            provider_id=self.desk.provider_id,
            version=form.cleaned_data["version"],
            funder=form.cleaned_data["funder"].strip(),
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(_t("Üle võetud hindu: {n}. Kõik ootavad kinnitamist.").format(n=len(taken.rows)))
        if taken.left_out:
            left = _t(
                "Välja jäi: {components}. Hinnakirjas ei ole neil hinda või on sama hind juba "
                "olemas; puuduva hinna saad ise lisada."
            )
            self.warn(left.format(components=", ".join(dict.fromkeys(taken.left_out))))
        return self.back_url()


def _rows(rows: tuple[TemplatePrice, ...]) -> list[tuple[TemplatePrice, str, str]]:
    return [(row, word(row.mode), word(row.audience)) for row in rows]
