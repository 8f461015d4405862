"""Addresses of assessing."""

from django.urls import URLPattern, URLResolver, include, path

from tugiplaan.web.assessing import fill, instruments, reading

_one: list[URLPattern | URLResolver] = [
    path("new/", fill.Begin.as_view(), name="assessment_new"),
    path("needs/", reading.NeedsList.as_view(), name="person_needs"),
    path("trend/", reading.TrendPage.as_view(), name="person_trend"),
    path("<uuid:row_id>/", reading.OneAssessment.as_view(), name="assessment"),
    path(
        "<uuid:row_id>/answers/<uuid:answer_id>/correct/",
        reading.Correct.as_view(),
        name="assessment_correct",
    ),
    path(
        "drafts/<uuid:draft_id>/<slug:view>/<str:domain>/fill/",
        fill.Fill.as_view(),
        name="assessment_fill",
    ),
    path("drafts/<uuid:draft_id>/finish/", fill.Finish.as_view(), name="assessment_finish"),
    path("drafts/<uuid:draft_id>/discard/", fill.Discard.as_view(), name="assessment_discard"),
]
paths: list[URLPattern | URLResolver] = [
    path("people/<uuid:person_id>/assessments/", include(_one)),
    path("setup/instruments/", instruments.Instruments.as_view(), name="setup_instruments"),
    path(
        "setup/instruments/<slug:name>/file/",
        instruments.InstrumentFile.as_view(),
        name="setup_instrument_file",
    ),
]
