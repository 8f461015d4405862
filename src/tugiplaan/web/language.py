"""In which language a page is told."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

type Respond = Callable[[HttpRequest], HttpResponse]

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)


class SpeakLanguage:
    """Tell each page in the language of who is logged in, else as the browser asks.

    What a browser says counts only before the log-in: on a shared computer it is nobody's.
    """

    def __init__(self, respond: Respond) -> None:
        """Stand before `respond`."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self._respond(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _language_of(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return request.user.language
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return asked if asked in LANGUAGES else translation.get_language_from_request(request)
