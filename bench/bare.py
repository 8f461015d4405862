"""A bare page of Django behind the same middleware, to hold our pages against."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from tugiplaan.people.queries import persons_of
from tugiplaan.providers.queries import provider_ids

_PAGE = """<!doctype html><html lang="{{ LANGUAGE_CODE }}"><head><title>Bare</title></head><body>
<h1>{{ request.user.name }}</h1><form method="post">{% csrf_token %}</form>
<table>{% for one in rows %}<tr><td>{{ one.code }}</td>
<td>{{ one.first_name }}</td><td>{{ one.last_name }}</td>
<td>{{ one.birth_date }}</td></tr>{% endfor %}</table></body></html>"""


def bare(request: HttpRequest) -> HttpResponse:
    """Draw 20 persons of the first provider."""
    rows = persons_of(provider_ids()[0])[:20]
    template = engines["django"].from_string(_PAGE)
    return HttpResponse(template.render({"rows": rows}, request))


urlpatterns = [path("bare/", bare), path("", include("tugiplaan.web.urls"))]
