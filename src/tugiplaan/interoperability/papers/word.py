"""A paper as DOCX, from a template that an organisation may change."""

import io
import zipfile
from datetime import date, datetime
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tugiplaan.audit.language import language
from tugiplaan.audit.refusal import RefusedError

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP can bear; all of them bear it."""
_LARGEST_INSIDE = 40_000_000


class BadTemplateError(RefusedError):
    """A template cannot be used; the message says why."""


def builtin_template() -> bytes:
    """Give the template that serves where a provider has none of its own."""
    place = resources.files("tugiplaan.interoperability.papers")
    return place.joinpath("templates", "paper.docx").read_bytes()


def as_docx(template: bytes, values: dict[str, Any], made_on: date) -> bytes:
    """Make the DOCX of a paper.

    Args:
        template: The template: a DOCX with `{{ names }}` of the values in it.
        values: What may stand in it, plain values by name.
        made_on: The day that it bears.

    Returns:
        The bytes; the same ones whenever it is made again. What the values say is text, never
        read as a template or as markup.

    Raises:
        BadTemplateError: It is no DOCX, too large, names what there is not, or cannot be filled.
    """
    _check_file(template)
    # In the sandbox a template reaches the values and nothing else of the program.
    room = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(values, jinja_env=room, autoescape=True)
        _fit_columns(document)
        _fix_properties(document, str(values.get("title", "")), made_on)
        made = io.BytesIO()
        document.save(made)
    except TemplateError as error:
        raise BadTemplateError(
            _("Malli ei saa täita: {reason}. Varasem mall jäi alles.").format(reason=error.message)
        ) from error
    except (PackageNotFoundError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadTemplateError(
            _("Malli ei saa lugeda: see ei ole korras DOCX-fail. Varasem mall jäi alles.")
        ) from error
    return _same_bytes(made.getvalue())


def _check_file(template: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            names = package.namelist()
            inside = sum(one.file_size for one in package.infolist())
    except zipfile.BadZipFile as error:
        raise BadTemplateError(
            _("See ei ole DOCX-fail. Salvesta mall DOCX-vormingus ja proovi uuesti.")
        ) from error
    if inside > _LARGEST_INSIDE:
        raise BadTemplateError(_("Mall on lahti pakituna liiga suur. Varasem mall jäi alles."))
    if "word/document.xml" not in names:
        raise BadTemplateError(
            _("See ei ole DOCX-fail. Salvesta mall DOCX-vormingus ja proovi uuesti.")
        )
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadTemplateError(_("Mallis on makro. Salvesta mall ilma makrodeta ja proovi uuesti."))


def _fit_columns(document: DocxTemplate) -> None:
    """Let each table know as many columns as its rows have after filling."""
    for table in document.docx.element.body.iter(_W + "tbl"):
        grid = table.find(_W + "tblGrid")
        rows = table.findall(_W + "tr")
        if grid is None or not rows:
            continue
        count = max(len(row.findall(_W + "tc")) for row in rows)
        columns = grid.findall(_W + "gridCol")
        for extra in columns[count:]:
            grid.remove(extra)
        for _index in range(count - len(columns)):
            grid.append(grid.makeelement(_W + "gridCol", {}))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _fix_properties(document: DocxTemplate, title: str, made_on: date) -> None:
    properties = document.docx.core_properties
    moment = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001 - DOCX has no zone
    properties.created = properties.modified = moment
    properties.last_printed = moment
    properties.title = title
    properties.language = language()
    properties.author = properties.last_modified_by = "Tugiplaan"
    properties.revision = 1


def _same_bytes(package: bytes) -> bytes:
    """Write a ZIP again with fixed times and in a fixed order."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return made.getvalue()
