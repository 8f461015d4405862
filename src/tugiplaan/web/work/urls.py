"""Addresses of the work list."""

from django.urls import path

from tugiplaan.web.work import views

paths = [
    path("work/", views.Work.as_view(), name="work"),
    path("work/rooms/", views.Rooms.as_view(), name="work_rooms"),
    path("work/hints/", views.Hints.as_view(), name="work_hints"),
]
