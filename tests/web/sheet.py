"""A form as a browser has it: what a page offers to send, changed and sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client


@dataclass
class Sheet:
    """A form of a page.

    Attributes:
        action: Where it goes; empty: to the page itself.
        values: What a browser would send as it stands.
        offers: The values that each choice offers.
    """

    action: str = ""
    method: str = "get"
    values: dict[str, list[str]] = field(default_factory=dict)
    offers: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._select = self._area = ""
        self._is_inside = False
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.sheets.append(Sheet(one.get("action", ""), one.get("method", "get").lower()))
            self._is_inside = True
        elif not self._is_inside:
            return
        elif tag == "input":
            self._input(one)
        elif tag == "select":
            self._select = one.get("name", "")
        elif tag == "option" and self._select:
            self._offer(self._select, one.get("value", ""), is_chosen="selected" in one)
        elif tag == "textarea":
            self._area, self._text = one.get("name", ""), []

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "select":
            sheet = self.sheets[-1]
            if self._select not in sheet.values and sheet.offers.get(self._select):
                sheet.values[self._select] = sheet.offers[self._select][:1]
            self._select = ""
        elif tag == "textarea" and self._area:
            self.sheets[-1].values[self._area] = ["".join(self._text).removeprefix("\n")]
            self._area = ""

    def _input(self, one: Mapping[str, str]) -> None:
        name, kind = one.get("name", ""), one.get("type", "text")
        if not name or name == "csrfmiddlewaretoken" or kind in {"submit", "button", "file"}:
            return
        if kind in {"radio", "checkbox"}:
            self._offer(name, one.get("value", "on"), is_chosen="checked" in one)
        else:
            self.sheets[-1].values.setdefault(name, []).append(one.get("value", ""))

    def _offer(self, name: str, value: str, *, is_chosen: bool) -> None:
        sheet = self.sheets[-1]
        sheet.offers.setdefault(name, []).append(value)
        if is_chosen:
            sheet.values.setdefault(name, []).append(value)


def sheets_of(html: str) -> list[Sheet]:
    """Give the forms of a page that are sent by POST, with a field besides those of every page."""
    reader = _Reader()
    reader.feed(html)
    return [one for one in reader.sheets if one.method == "post"]


def sheet_with(html: str, *names: str) -> Sheet:
    """Give the form of a page that has these fields."""
    for one in sheets_of(html):
        if {*names} <= {*one.values, *one.offers}:
            return one
    there = [sorted({*one.values, *one.offers}) for one in sheets_of(html)]
    raise AssertionError(f"no form with {names}; there are {there}")


def send(client: Client, address: str, **values: Any) -> str:
    """Open a page, fill its form in, send it; give the text of the page that comes then.

    Args:
        client: The browser.
        address: The page with the form.
        values: What is filled in; a list for what may be chosen more than once.
    """
    opened = client.get(address)
    assert opened.status_code == 200, (address, opened.status_code)
    sheet = sheet_with(opened.content.decode(), *values)
    filled = sheet.values | {
        name: value if isinstance(value, list) else [str(value)] for name, value in values.items()
    }
    answer = client.post(sheet.action or address, filled, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain, (address, faults_of(text))
    assert answer.status_code == 200, (address, answer.status_code)
    return text


def refused(client: Client, address: str, **values: Any) -> str:
    """Do as `send`, and expect to be refused; give the page that says why."""
    sheet = sheet_with(client.get(address).content.decode(), *values)
    filled = sheet.values | {
        name: value if isinstance(value, list) else [str(value)] for name, value in values.items()
    }
    answer = client.post(sheet.action or address, filled)
    assert answer.status_code == 422, (address, answer.status_code)
    return answer.content.decode()


def faults_of(html: str) -> list[str]:
    """Give what a page complains about."""
    found = re.findall(
        r'class="(?:errorlist|notice error|notice warning)[^>]*>(.*?)</(?:ul|div|p)>', html, re.S
    )
    return [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in found]
