"""A paper as a tagged PDF (PDF/UA-1), the same bytes whenever it is made again."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from importlib import resources
from typing import Any, Final

import typst

_TEMPLATE = "paper.typ"
_STANDARD: Final = "ua-1"


def template_bytes() -> bytes:
    """Give the built-in look of papers."""
    return _file(_TEMPLATE)


def _file(name: str) -> bytes:
    place = resources.files("tugiplaan.interoperability.papers").joinpath("templates", name)
    return place.read_bytes()


def as_pdf(content: dict[str, Any], made_on: date) -> bytes:
    """Make the PDF of what a paper says.

    Args:
        content: What it says, as plain values.
        made_on: The day that it bears; the time of its making is the beginning of that day, so
            that the same content gives the same bytes.

    Returns:
        The bytes: tagged, with the title and the language set, fonts inside. Nothing of the
        content is read as markup, and no font of the computer is used.
    """
    moment = datetime.combine(made_on, time(), UTC)
    return typst.compile(
        template_bytes(),
        sys_inputs={"paper": json.dumps(content, ensure_ascii=False, sort_keys=True)},
        ignore_system_fonts=True,
        pdf_standards=_STANDARD,
        timestamp=int(moment.timestamp()),
    )


def layout_digest(*templates: bytes) -> str:
    """Give the SHA-256 of the templates from which papers are made."""
    return hashlib.sha256(b"".join(templates)).hexdigest()
