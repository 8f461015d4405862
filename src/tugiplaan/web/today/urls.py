"""Addresses of a working day."""

from django.urls import path

from tugiplaan.web.today import group, offline, training, views

root_paths = [
    path("sw.js", offline.worker, name="service_worker"),
    path("offline/", offline.Shell.as_view(), name="offline_shell"),
]

paths = [
    path("today/", views.Today.as_view(), name="today"),
    path("today/chips/", views.Chips.as_view(), name="chips"),
    path("today/training/", training.OwnTraining.as_view(), name="own_training"),
    path("today/record/<uuid:person_id>/", views.RecordVisit.as_view(), name="record"),
    path("today/verdict/<uuid:person_id>/", views.SupposedVerdict.as_view(), name="verdict"),
    path("today/verdict/", views.SupposedVerdict.as_view(), name="group_verdict"),
    path("today/records/<uuid:person_id>/", views.MonthRecords.as_view(), name="records"),
    path("today/mend/<uuid:record_id>/", views.MendRecord.as_view(), name="mend_record"),
    path("today/group/", group.Group.as_view(), name="group"),
    path("today/offline.json", offline.DayToKeep.as_view(), name="day_to_keep"),
    path("today/send/", offline.Send.as_view(), name="send"),
    path("today/waiting/", offline.Waiting.as_view(), name="waiting"),
]
