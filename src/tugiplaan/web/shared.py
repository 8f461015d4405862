"""What all pages share: the desk, the permission, reading that cannot write, forms that ask."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, NoReturn
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from tugiplaan.accounts.access import NotAllowedError, remembering_grants, role_names
from tugiplaan.audit.language import language
from tugiplaan.audit.recorder import record_reading
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.books import WhyNeededError
from tugiplaan.web.desk import Desk, desk_at, today

_READS = ("SELECT", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK TO")


class WriteWhileReadingError(RuntimeError):
    """A page that only shows tried to write: a fault of the program."""


@contextmanager
def only_reading() -> Iterator[None]:
    """Let nothing but SELECT through to the database."""

    def refuse(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if not sql.lstrip("( \n").upper().startswith(_READS):
            raise WriteWhileReadingError(sql[:80])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


class Page(View):
    """A page of a provider: one query shown.

    Attributes:
        permission: What one must hold at the provider to see it, `app.verb`.
        roles: Only for these roles; empty: for all who hold the permission.
        template: The template.
        parts: Names of partials of the template that htmx may ask for by their target.
    """

    permission: ClassVar[str]
    roles: ClassVar[frozenset[str]] = frozenset()
    template: ClassVar[str]
    parts: ClassVar[frozenset[str]] = frozenset()
    desk: Desk

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002 - what the address names
        """Ask one query and give what the template shows."""
        return {}

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:  # noqa: ARG002
        """Give the persons whose record was opened; that is written down."""
        return ()

    def dispatch(self, request: HttpRequest, *args: Any, **ids: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        with remembering_grants():
            try:
                self.desk = self._seat(request, ids.pop("provider_id"))
                return super().dispatch(request, *args, **ids)
            except NotAllowedError as error:
                return self._no_right(request, error)
            except ObjectDoesNotExist as error:
                raise Http404 from error
            except RefusedError as error:
                return TemplateResponse(request, "web/refused.html", {"why": error}, status=409)

    def get(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        with only_reading():
            shown = self.read(**ids)
            response = self.show(shown)
        persons = list(self.persons_read(shown))
        if persons:
            name = f"web.{request.resolver_match.url_name if request.resolver_match else ''}"
            record_reading(
                by=self.desk.user, name=name, provider_id=self.desk.provider_id, persons=persons
            )
        return response

    def show(self, shown: dict[str, Any], status: int = 200) -> HttpResponse:
        """Fill the template, or the part of it that was asked for."""
        target = self.request.headers.get("HX-Target", "").rpartition("#")[2]
        template = f"{self.template}#{target}" if target in self.parts else self.template
        response = TemplateResponse(self.request, template, shown, status=status)
        response.headers["Vary"] = "HX-Target, Cookie"
        return response.render()

    def _seat(self, request: HttpRequest, provider_id: UUID) -> Desk:
        desk = desk_at(request.user, provider_id, today())  # type: ignore[arg-type]  # logged in
        if desk is None:
            raise Http404
        request.desk = desk  # type: ignore[attr-defined]  # for the context of templates
        desk.require(self.permission)
        if self.roles and not self.roles & set(desk.role_codes):
            raise NotAllowedError(desk.user, self.permission)
        return desk

    def _no_right(self, request: HttpRequest, error: NotAllowedError) -> HttpResponse:
        shown = {
            "holders": role_names(error.permission, language()),
            "permission": error.permission,
        }
        return TemplateResponse(request, "web/no_right.html", shown, status=403)


class FormPage(Page):
    """A page that asks for something and then does one action.

    Attributes:
        form_class: What it asks.
    """

    form_class: ClassVar[type[forms.Form]]

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        """Give what stands in the form at first."""
        return {}

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        """Make the form, empty or from what was sent."""
        return self.form_class(data, files, initial=self.initial(**ids))

    def read(self, **ids: Any) -> dict[str, Any]:
        return {"form": self.form(**ids)}

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:
        """Do the one action; give the address to go to, or an answer."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES, **ids)
        if form.is_valid():
            try:
                answer = self.act(form, **ids)
            except WhyNeededError as error:
                _ask_why(form, error)
            except RefusedError as error:
                form.add_error(None, str(error))
            else:
                return HttpResponseRedirect(answer) if isinstance(answer, str) else answer
        shown = self.read(**ids)
        return self.show(shown | {"form": form}, status=422)

    def say(self, text: str) -> None:
        """Tell on the next page what was done."""
        messages.success(self.request, text)

    def warn(self, text: str) -> None:
        """Tell on the next page what to look at."""
        messages.warning(self.request, text)

    def url(self, name: str, *args: Any) -> str:
        """Give the address of a page of this provider."""
        return reverse(name, args=(self.desk.provider_id, *args))


class Act(FormPage):
    """A button: one action without a page of its own. What refuses it is told where one was."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]
    form_class = forms.Form
    template = ""
    back: ClassVar[str] = "home"

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES, **ids)
        try:
            if not form.is_valid():
                _refuse(form)
            answer = self.act(form, **ids)
        except RefusedError as error:
            messages.error(request, str(error))
            answer = self.where_from()
        return HttpResponseRedirect(answer) if isinstance(answer, str) else answer

    def where_from(self) -> str:
        """Give the page that the button stood on."""
        asked = self.request.POST.get("next") or self.request.headers.get("Referer", "")
        here = {self.request.get_host()}
        if url_has_allowed_host_and_scheme(asked, here, require_https=self.request.is_secure()):
            return asked
        return reverse(self.back)


def _refuse(form: forms.Form) -> NoReturn:
    sentences = [str(text) for texts in form.errors.values() for text in texts]
    raise RefusedError(" ".join(sentences))


def _ask_why(form: forms.Form, error: RefusedError) -> None:
    """Let the form ask for the reason that a month already invoiced wants."""
    if "why" in form.fields:
        form.fields["why"].required = True
        form.fields["why"].widget = forms.Textarea(attrs={"rows": 2})
        form.add_error("why", str(error))
    else:
        form.add_error(None, str(error))
