"""Addresses of planning."""

from django.urls import URLPattern, URLResolver, include, path

from tugiplaan.web.planning import answers, reviews, views, writing

_version: list[URLPattern | URLResolver] = [
    path("version/", writing.WriteVersion.as_view(), name="plan_version"),
    path("changes/", views.Changes.as_view(), name="plan_changes"),
    path("answer/", answers.Answer.as_view(), name="plan_answer"),
    path("close/", answers.ClosePlan.as_view(), name="plan_close"),
    path("rate/", reviews.Rate.as_view(), name="plan_rate"),
    path("ratings/<uuid:row_id>/correct/", reviews.CorrectRating.as_view(), name="rating_correct"),
]
paths: list[URLPattern | URLResolver] = [
    path(
        "people/<uuid:person_id>/plan/",
        include(
            [
                path("", views.PlanPage.as_view(), name="person_plan"),
                path("draft/", writing.DraftPlan.as_view(), name="plan_draft"),
                path("<uuid:plan_id>/", include(_version)),
            ]
        ),
    ),
]
