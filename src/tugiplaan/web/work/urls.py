"""Addresses of the work list."""

from django.urls import path

from tugiplaan.web.work import calendar, views

paths = [
    path("work/", views.Work.as_view(), name="work"),
    path("work/rooms/", views.Rooms.as_view(), name="work_rooms"),
    path("work/calendar/", calendar.CalendarPage.as_view(), name="work_calendar"),
    path("work/hints/", views.Hints.as_view(), name="work_hints"),
]
root_paths = [path("calendar/<str:secret>.ics", calendar.feed, name="calendar")]
"""Below no provider: the secret says whose calendar it is."""
