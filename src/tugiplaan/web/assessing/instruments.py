"""The instruments that a provider may use; bringing one of its own in from a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.assessments.actions import UnableToBringInstrumentError, bring_instrument
from tugiplaan.assessments.instruments import BadInstrumentError
from tugiplaan.assessments.packs import BUILT_IN, builtin_packs, builtin_text, read_pack
from tugiplaan.assessments.queries import instruments_of, title_of
from tugiplaan.audit.language import language
from tugiplaan.rules.scoring import in_words
from tugiplaan.web.assessing.forms import FileForm
from tugiplaan.web.setup.shared import SettingForm
from tugiplaan.web.shared import Page


class Instruments(SettingForm):
    """With what people are assessed here; a file of one's own can be brought in."""

    permission = "assessments.write"
    template = "web/assessing/instruments.html"
    form_class = FileForm
    title = gettext_lazy("Hindamisvahendid")
    back = "setup_instruments"
    done = gettext_lazy("Hindamisvahend on sees. Sellega saab nüüd hinnata.")

    def read(self, **ids: Any) -> dict[str, Any]:
        packs = zip(BUILT_IN, builtin_packs().values(), strict=True)
        own = instruments_of(self.desk.provider_id).filter(provider=self.desk.provider_id)
        return super().read(**ids) | {
            "built": [(name, in_words(pack["title"], language()), pack) for name, pack in packs],
            "own": [(title_of(one), one) for one in own],
        }

    def save(self, form: Any, **ids: Any) -> None:  # noqa: ARG002
        desk = self.desk
        try:
            pack = read_pack(form.text())
        except BadInstrumentError as error:
            raise UnableToBringInstrumentError(
                _("{wrong} Midagi ei salvestatud.").format(wrong=error)
            ) from error
        bring_instrument(provider_id=desk.provider_id, pack=pack, by=desk.user, on=desk.day)


class InstrumentFile(Page):
    """The file of a built-in instrument, as an example for one's own."""

    permission = "assessments.write"

    def get(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        name = ids["name"]
        if name not in BUILT_IN:
            raise Http404
        response = HttpResponse(builtin_text(name), content_type="application/yaml; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
        return response
