"""A month folder brought in, looked through first, and taken out."""

import base64
import binascii
import re
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.language import language
from tugiplaan.interoperability.folder_zip import PackedFolder, export_packed, import_packed
from tugiplaan.interoperability.month_import import Imported
from tugiplaan.month_folder import BadInputError
from tugiplaan.rules.period import Month
from tugiplaan.web.forms import Form
from tugiplaan.web.setup.shared import SettingForm
from tugiplaan.web.shared import FormPage

_MOST_TOLD = 200


class MonthField(forms.CharField):
    """A month, by the browser's own calendar."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-05"})

    def clean(self, value: Any) -> Month:
        text = super().clean(value)
        if not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text):
            raise forms.ValidationError(_t("Kirjuta kuu kujul 2026-05."))
        return Month(int(text[:4]), int(text[5:]))


class FolderForm(Form):
    """A packed folder and its month; what was looked through comes back as text."""

    month = MonthField(label=_("Mis kuu kaust see on"))
    file = forms.FileField(
        label=_("Kuu kaust ZIP-failina"), required=False, help_text=_("Kuni 5 MB.")
    )
    packed = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not told.get("file") and not told.get("packed"):
            self.add_error("file", _t("Vali fail."))
        return told

    def packed_data(self) -> bytes:
        """Give the file, just chosen or come back."""
        given = self.cleaned_data["file"]
        if given:
            return bytes(given.read())
        try:
            return base64.b64decode(self.cleaned_data["packed"], validate=True)
        except binascii.Error:
            return b""


class Folder(SettingForm):
    """Bring a month folder in: first only looked through, then kept."""

    form_class = FolderForm
    template = "web/setup/folder.html"
    title = _("Too sisse kuu kaust")
    intro = _(
        "Kuu kaust on CSV-failide pakk, mille kirjeldus on juhendis. Uued read lisatakse, muutunud "
        "parandatakse, samad jäävad; mida kaustas ei ole, jääb puutumata."
    )
    button = _("Vaata läbi")

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"export": ExportForm(prefix="export")}

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:
        if not isinstance(form, FolderForm):
            raise TypeError(form)
        packed = form.packed_data()
        is_dry = "keep" not in self.request.POST
        try:
            found = self._imported(packed, form.cleaned_data["month"], is_dry=is_dry)
        except BadInputError as error:
            raise UnableToTakeFolderError(error) from error
        if not is_dry:
            said = (
                _t("Kuu kaust on sisse toodud.") if found.is_kept else _t("Kõik oli juba olemas.")
            )
            self.say(said)
            return self.url("setup_folder")
        kept = FolderForm(
            initial={
                "month": self.request.POST["month"],
                "packed": base64.b64encode(packed).decode("ascii"),
            }
        )
        return self.show(self.read(**ids) | {"form": kept, "found": found, "is_looked": True})

    def _imported(self, packed: bytes, month: Month, *, is_dry: bool) -> Imported:
        return import_packed(
            provider_id=self.desk.provider_id,
            folder=PackedFolder(packed, month),
            by=self.desk.user,
            on=self.desk.day,
            is_dry=is_dry,
        )

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        try:
            return super().post(request, **ids)
        except UnableToTakeFolderError as error:
            problems = [problem.sentence(language()) for problem in error.problems[:_MOST_TOLD]]
            form = self.form(request.POST, request.FILES, **ids)
            shown = {"form": form, "problems": problems, "problem_count": len(error.problems)}
            return self.show(self.read(**ids) | shown, status=422)


class UnableToTakeFolderError(Exception):
    """Rows of the folder are bad."""

    def __init__(self, error: BadInputError) -> None:
        """Keep what is wrong with the rows."""
        self.problems = error.problems
        super().__init__(str(error))


class ExportForm(Form):
    """Whose contract is written."""

    month = MonthField(label=_("Kuu, mille leping kausta kirjutatakse"))


class ExportFolder(FormPage):
    """Take the provider's month folder out as one file."""

    permission = "providers.write"
    form_class = ExportForm
    template = "web/setup/folder.html"
    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {
            "section": "setup",
            "title": Folder.title,
            "intro": Folder.intro,
            "button": Folder.button,
            "back": self.url("setup"),
            "export": ExportForm(prefix="export"),
        }

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse:  # noqa: ARG002
        month: Month = form.cleaned_data["month"]
        data = export_packed(
            provider_id=self.desk.provider_id, month=month, by=self.desk.user, on=self.desk.day
        )
        answer = HttpResponse(data, content_type="application/zip")
        name = f"kuu-{month.period}.zip"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        form = ExportForm(request.POST, prefix="export")
        if form.is_valid():
            return self.act(form, **ids)
        return self.show(self.read(**ids) | {"form": FolderForm(), "export": form}, status=422)
