"""Addresses of papers."""

from django.urls import URLPattern, URLResolver, include, path

from tugiplaan.web.papers import pages, sending, templates

_one: list[URLPattern | URLResolver] = [
    path("", pages.Papers.as_view(), name="person_papers"),
    path("new/", pages.Offers.as_view(), name="person_paper_new"),
    path("make/", sending.Make.as_view(), name="person_paper_make"),
    path("<uuid:paper_id>/", pages.OnePaper.as_view(), name="person_paper"),
    path("<uuid:paper_id>/pdf/", pages.Pdf.as_view(), name="person_paper_pdf"),
    path("<uuid:paper_id>/docx/", pages.Word.as_view(), name="person_paper_docx"),
    path("<uuid:paper_id>/sent/", sending.Sent.as_view(), name="person_paper_sent"),
    path(
        "<uuid:paper_id>/sent/<uuid:sending_id>/cancel/",
        sending.CancelSent.as_view(),
        name="person_paper_sent_cancel",
    ),
]
paths: list[URLPattern | URLResolver] = [
    path("people/<uuid:person_id>/papers/", include(_one)),
    path("papers/templates/", templates.Templates.as_view(), name="paper_templates"),
    path("papers/templates/file/", templates.BuiltIn.as_view(), name="paper_template_file"),
    path("papers/templates/bring/", templates.Bring.as_view(), name="paper_template_bring"),
]
