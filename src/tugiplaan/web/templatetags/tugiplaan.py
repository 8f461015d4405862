"""Tags and filters that every template has."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tugiplaan.web import telling

register = template.Library()

for _filter in (
    telling.clock,
    telling.day,
    telling.days_left,
    telling.initials,
    telling.minutes,
    telling.moment,
    telling.money,
    telling.month,
    telling.number,
    telling.spoken_day,
    telling.weekday,
):
    register.filter(_filter.__name__, _filter)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw a picture of the sprite; without a label it is for the eyes only."""
    source = f"{static('web/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, source
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', source)


@register.simple_tag(takes_context=True)
def go(context: RequestContext, name: str, *args: Any) -> str:
    """Give the address of a page of the provider at whose desk one sits."""
    return reverse(name, args=(context["desk"].provider_id, *args))


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Look a key up in a mapping."""
    return mapping.get(key)


@register.filter
def may(desk: Any, permission: str) -> bool:
    """Say whether who looks holds a permission here."""
    return desk is not None and desk.may(permission)
