"""An organisation's own templates of papers: which serve, taking the built-in one, bringing one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tugiplaan.documents.papers import DOCX, NewTemplate
from tugiplaan.documents.queries import templates_in_force
from tugiplaan.interoperability.papers.kinds import KINDS, sample_values
from tugiplaan.interoperability.papers.making import bring_template
from tugiplaan.interoperability.papers.word import builtin_template
from tugiplaan.web.papers.forms import TemplateForm
from tugiplaan.web.papers.pages import LANGUAGES
from tugiplaan.web.shared import FormPage, Page


class Templates(Page):
    """Which templates serve, and the names that may stand in each."""

    permission = "providers.read"
    template = "web/papers/templates.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        own: dict[str, list[str]] = {}
        for code, name in LANGUAGES.items():
            for row in templates_in_force(self.desk.provider_id, code):
                words = _("{language}, versioon {number}")
                own.setdefault(row.code, []).append(words.format(language=name, number=row.version))
        rows = [
            (kind, own.get(kind.code, []), sorted(sample_values(kind))) for kind in KINDS.values()
        ]
        return {"section": "setup", "rows": rows, "may_write": self.desk.may("providers.write")}


class BuiltIn(Page):
    """The template that serves where there is none of one's own: to begin with."""

    permission = "providers.read"

    def get(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        response = HttpResponse(builtin_template(), content_type=DOCX)
        response.headers["Content-Disposition"] = 'attachment; filename="mall.docx"'
        return response


class Bring(FormPage):
    """Bring a template; it is tried on made-up people first."""

    permission = "providers.write"
    template = "web/papers/bring.html"
    form_class = TemplateForm

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"kind": self.request.GET.get("kind", ""), "language": "et"}

    def read(self, **ids: Any) -> dict[str, Any]:
        return {
            "section": "setup",
            "form": self.form(**ids),
            "title": _("Oma mall"),
            "intro": _("Mall proovitakse enne väljamõeldud andmetega läbi."),
            "back": self.url("paper_templates"),
        }

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        asked, sent = form.cleaned_data, form.cleaned_data["file"]
        new = NewTemplate(asked["kind"], asked["language"], sent.read() if sent else b"")
        bring_template(
            provider_id=self.desk.provider_id, new=new, by=self.desk.user, on=self.desk.day
        )
        self.say(_("Mall on salvestatud ja proovitud."))
        return self.url("paper_templates")
