"""Addresses of people."""

from django.urls import include, path

from tugiplaan.web.people import panels, person, views

_one = [
    path("", person.PersonOverview.as_view(), name="person"),
    path("duties/", panels.Duties.as_view(), name="person_duties"),
    path("plan/", panels.PlanPanel.as_view(), name="person_plan"),
    path("month/", panels.MonthPanel.as_view(), name="person_month"),
    path("assessments/", panels.Assessments.as_view(), name="person_assessments"),
]
paths = [
    path("people/", views.People.as_view(), name="people"),
    path("people/recent/", views.Recent.as_view(), name="people_recent"),
    path("people/<uuid:person_id>/", include(_one)),
]
