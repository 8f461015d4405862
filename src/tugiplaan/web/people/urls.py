"""Addresses of people."""

from django.urls import URLPattern, URLResolver, include, path

from tugiplaan.web.people import circle, documents, hours, panels, person, readers, timeline, views

_one: list[URLPattern | URLResolver] = [
    path("", person.PersonOverview.as_view(), name="person"),
    path("duties/", panels.Duties.as_view(), name="person_duties"),
    path("plan/panel/", panels.PlanPanel.as_view(), name="person_plan_panel"),
    path("month/", panels.MonthPanel.as_view(), name="person_month"),
    path("assessments/", panels.Assessments.as_view(), name="person_assessments"),
    path("timeline/", timeline.Timeline.as_view(), name="person_timeline"),
    path("notes/", timeline.Notes.as_view(), name="person_notes"),
    path("readers/", readers.Readers.as_view(), name="person_readers"),
    path("hours/", hours.HoursSheet.as_view(), name="person_hours"),
    path("identity/", circle.Correct.as_view(), name="person_identity"),
    path("contact/", circle.ChangeContact.as_view(), name="person_contact"),
    path("merge/", circle.MergeEntries.as_view(), name="person_merge"),
    path("circle/", circle.Circle.as_view(), name="person_circle"),
    path("circle/speakers/add/", circle.AddSpeaker.as_view(), name="person_speaker_add"),
    path(
        "circle/speakers/<uuid:row_id>/end/",
        circle.EndSpeaker.as_view(),
        name="person_speaker_end",
    ),
    path("circle/network/add/", circle.AddMember.as_view(), name="person_member_add"),
    path("circle/network/<uuid:row_id>/end/", circle.EndMember.as_view(), name="person_member_end"),
    path("circle/consents/add/", circle.GiveConsent.as_view(), name="person_consent_add"),
    path(
        "circle/consents/<uuid:row_id>/withdraw/",
        circle.WithdrawConsent.as_view(),
        name="person_consent_withdraw",
    ),
    path("documents/", documents.Documents.as_view(), name="person_documents"),
    path("documents/add/", documents.AddDocument.as_view(), name="person_document_add"),
    path("documents/confirmation/", documents.Confirm.as_view(), name="person_confirmation"),
    path("documents/<uuid:row_id>/", documents.Download.as_view(), name="person_document"),
    path(
        "documents/<uuid:row_id>/replace/",
        documents.ReplaceDocument.as_view(),
        name="person_document_replace",
    ),
    path(
        "documents/<uuid:row_id>/withdraw/",
        documents.WithdrawDocument.as_view(),
        name="person_document_withdraw",
    ),
]
paths: list[URLPattern | URLResolver] = [
    path("people/", views.People.as_view(), name="people"),
    path("people/recent/", views.Recent.as_view(), name="people_recent"),
    path("people/register/", circle.Register.as_view(), name="person_register"),
    path("people/<uuid:person_id>/", include(_one)),
]
