"""Work without a network: the service worker, the shell, the day to keep, and what was waiting."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.generic import TemplateView

from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.delivery.queries.choices import WorkerChoice
from tugiplaan.delivery.queries.today import MyDay
from tugiplaan.providers.queries import staff_of
from tugiplaan.web.shared import Page
from tugiplaan.web.today import pages
from tugiplaan.web.today.cards import answer_of, cards_of
from tugiplaan.web.today.forms import GroupForm, VisitForm
from tugiplaan.web.today.naming import Names
from tugiplaan.web.today.saving import save_group, save_visit

_KEPT = (
    "web/tugiplaan.css",
    "web/today.css",
    "web/icons.svg",
    "web/icon.svg",
    "web/app.js",
    "web/offline.js",
    "web/vendor/idb.js",
)
_MOST_GROUPS = 4


def _version() -> str:
    """Give what changes whenever a kept file does."""
    digest = hashlib.sha256()
    for name in (*_KEPT, "web/sw.js"):
        digest.update(static(name).encode())
        found = None if settings.IS_COLLECTED else finders.find(name)
        if found:
            with open(found, "rb") as file:
                digest.update(file.read())
    return digest.hexdigest()[:16]


def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Give the service worker, with what it keeps: files and an empty shell, nobody's data."""
    kept = {
        "version": _version(),
        "shell": reverse("offline_shell"),
        "files": [static(name) for name in _KEPT],
    }
    text = f'self.KEPT = {json.dumps(kept)};\nimportScripts("{static("web/sw.js")}");\n'
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(text, content_type="text/javascript", headers=headers)


class Shell(TemplateView):
    """The page that stands where the network does not answer; the browser fills it."""

    template_name = "web/today/offline.html"


class DayToKeep(Page):
    """Today's pages for reading and recording without a network; the browser encrypts them."""

    permission = "delivery.record"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        mine = pages.my_people(desk, desk.day)
        mine = replace(mine, groups=pages.groups_before(desk.provider_id, mine))
        names = Names(desk.provider_id)
        workers = list(staff_of(desk.provider_id, desk.day).prefetch_related(None))
        return {
            "persons": [one.person.pk for one in mine.people],
            "pages": {
                **self._today(mine, names),
                **self._forms(mine, names, workers),
                **self._groups(mine, names, workers),
            },
        }

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        found: list[UUID] = shown["persons"]
        return found

    def show(self, shown: dict[str, Any], status: int = 200) -> HttpResponse:
        kept = {
            "user": str(self.desk.user.pk),
            "until": int(self.request.session.get_expiry_date().timestamp() * 1000),
            "pages": shown["pages"],
        }
        return JsonResponse(kept, status=status, headers={"Cache-Control": "no-store"})

    def _address(self, name: str, *args: Any) -> str:
        return reverse(name, args=(self.desk.provider_id, *args))

    def _html(self, template: str, shown: dict[str, Any]) -> str:
        shown = {"section": "today", "day": self.desk.day, "is_kept": True, **shown}
        return render_to_string(f"web/today/{template}.html#page", shown, self.request)

    def _today(self, mine: MyDay, names: Names) -> dict[str, str]:
        cards, today = cards_of(mine, names), self.desk.day
        answer = answer_of(cards, today, today)
        shown = {"answer": answer, "page": {"object_list": cards}, "is_today": True, "ways": []}
        return {self._address("today"): self._html("today", shown)}

    def _forms(self, mine: MyDay, names: Names, workers: Iterable[Any]) -> dict[str, str]:
        told = tuple(
            WorkerChoice(one.pk, one.name or one.code, one.user_id == self.desk.user.pk)
            for one in workers
        )
        found = {}
        for one in mine.people:
            shown, begins = pages.offline_choices(one, names, told)
            shown["form"] = VisitForm(initial={**begins, "day": self.desk.day})
            found[self._address("record", one.person.pk)] = self._html("record", shown)
        return found

    def _groups(self, mine: MyDay, names: Names, workers: list[Any]) -> dict[str, str]:
        whats = pages.group_whats(mine, names)
        address, found = self._address("group"), {}
        for like in [None, *mine.groups[:_MOST_GROUPS]]:
            key = f"component:{like.like.what}" if like else ""
            what = next((one for one in whats if one.key == key), next(iter(whats), None))
            data = pages.GroupPageData(mine, whats, what, like)
            shown = pages.group_shown(data, workers, self.desk.user)
            form = GroupForm(initial=pages.group_begins(data, shown, self.desk.day))
            shown |= {"form": form, "is_chosen": bool(like) or not mine.groups}
            query = f"?like={like.session_id}" if like else ""
            found[address + query] = self._html("group", shown)
        return found


class Send(Page):
    """Take in what waited for the network: the same forms, the same action, once each."""

    permission = "delivery.record"
    http_method_names: ClassVar[list[str]] = ["get", "post", "options"]  # type: ignore[misc]

    def dispatch(self, request: HttpRequest, *args: Any, **ids: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return JsonResponse({"state": "login"}, status=HTTPStatus.UNAUTHORIZED)
        try:
            return super().dispatch(request, *args, **ids)
        except Http404:
            return JsonResponse({"state": "refused", "why": ""}, status=HTTPStatus.NOT_FOUND)

    def get(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        known = {"user": str(self.desk.user.pk), "token": get_token(request)}
        return JsonResponse(known, headers={"Cache-Control": "no-store"})

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        try:
            sent = _Sent(json.loads(request.body))
        except (ValueError, KeyError, TypeError, forms.ValidationError):
            return JsonResponse({"state": "refused", "why": ""}, status=HTTPStatus.BAD_REQUEST)
        if sent.user != str(self.desk.user.pk):
            return JsonResponse({"state": "login"}, status=HTTPStatus.UNAUTHORIZED)
        try:
            said = sent.save(self.desk)
        except (RefusedError, NotAllowedError) as error:
            told = {"state": "refused", "why": str(error)}
            return JsonResponse(told, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if sent.is_direct:
            messages.success(request, said)
        return JsonResponse({"state": "stored", "say": said})


class _Sent:
    """One recording as the browser kept it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.user: str = told["user"]
        self.is_direct = bool(told.get("is_direct"))
        self.person_id = forms.UUIDField(required=False).clean(told.get("person"))
        self.data = QueryDict(mutable=True)
        for name, value in told["fields"]:
            self.data.appendlist(str(name), str(value))

    def save(self, desk: Any) -> str:
        """Do the one action; give the sentence that says so.

        Raises:
            RefusedError: The form or the action refuses.
        """
        form: Any = VisitForm(self.data) if self.person_id else GroupForm(self.data)
        if not form.is_valid():
            sentences = [str(text) for texts in form.errors.values() for text in texts]
            raise RefusedError(" ".join(sentences))
        if self.person_id:
            return save_visit(desk, self.person_id, form)
        return save_group(desk, form)


class Waiting(Page):
    """What waits on this phone; the browser alone knows it."""

    permission = "delivery.record"
    template = "web/today/waiting.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"section": "today"}
