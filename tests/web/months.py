"""What the tests of the month's pages share: a home, its accountant's browser, addresses."""

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.test import Client

from tests.billing.home import Home

MAY = 202605
DAY = "2026-06-05"


@dataclass(frozen=True)
class Visit:
    """A browser at the pages of one provider."""

    home: Home
    client: Client

    def path(self, page: str) -> str:
        """Give an address of the provider."""
        return f"/{self.home.provider.pk}/{page}"

    def see(self, page: str, status: int = 200) -> str:
        """Give the text of a page."""
        answer = self.client.get(self.path(page))
        assert answer.status_code == status, (page, answer.status_code)
        return plain(answer)

    def send(self, page: str, status: int = 302, **typed: Any) -> str:
        """Send a form; give what came, or the address where it leads."""
        answer = self.client.post(self.path(page), typed)
        text = plain(answer)
        assert answer.status_code == status, (page, answer.status_code, text[-2000:])
        return str(answer["Location"]) if status == 302 else text

    def follow(self, page: str, **typed: Any) -> str:
        """Send a form and give the page that it leads to."""
        return plain(self.client.get(self.send(page, **typed)))


def plain(answer: Any) -> str:
    """Give the text of an answer with plain spaces."""
    return unescape(answer.content.decode()).replace("\xa0", " ")
