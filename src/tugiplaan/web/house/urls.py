"""Addresses of the house."""

from django.urls import path

from tugiplaan.web.house import absences, diary, grid, home, incidents, isolation, stays

paths = [
    path("house/", home.House.as_view(), name="house"),
    path("house/whereabouts/", home.Whereabouts.as_view(), name="whereabouts"),
    path("house/out/<uuid:person_id>/", home.GoOut.as_view(), name="go_out"),
    path("house/back/<uuid:person_id>/", home.ComeBack.as_view(), name="come_back"),
    path("house/going/<uuid:row_id>/", home.CorrectGoing.as_view(), name="going_correct"),
    path("house/going/<uuid:row_id>/cancel/", home.CancelGoing.as_view(), name="going_cancel"),
    path("house/grid/", grid.Grid.as_view(), name="day_grid"),
    path("house/month/<uuid:person_id>/", grid.MonthOf.as_view(), name="house_month"),
    path("house/stay/<uuid:person_id>/", stays.Stays.as_view(), name="stay"),
    path("house/agreed/", stays.Agree.as_view(), name="agreed"),
    path("house/agreed/<uuid:person_id>/", stays.Agree.as_view(), name="agreed"),
    path("house/arrival/", stays.Arrive.as_view(), name="arrival"),
    path("house/arrival/<uuid:person_id>/", stays.Arrive.as_view(), name="arrival"),
    path("house/leaving/", stays.Leave.as_view(), name="leaving"),
    path("house/leaving/<uuid:person_id>/", stays.Leave.as_view(), name="leaving"),
    path("house/moving/", stays.MoveOn.as_view(), name="moving"),
    path("house/moving/<uuid:person_id>/", stays.MoveOn.as_view(), name="moving"),
    path("house/day/<uuid:row_id>/", stays.CorrectDay.as_view(), name="stay_day_correct"),
    path("house/day/<uuid:row_id>/cancel/", stays.CancelDay.as_view(), name="stay_day_cancel"),
    path("house/move/<uuid:row_id>/cancel/", stays.CancelMove.as_view(), name="move_cancel"),
    path("house/absences/", absences.Absences.as_view(), name="absences"),
    path("house/absence/", absences.RecordAbsence.as_view(), name="absence"),
    path("house/absence/chip/", absences.AbsenceChip.as_view(), name="absence_chip"),
    path("house/absence/<uuid:person_id>/", absences.RecordAbsence.as_view(), name="absence"),
    path(
        "house/absence/row/<uuid:row_id>/",
        absences.CorrectAbsence.as_view(),
        name="absence_correct",
    ),
    path(
        "house/absence/row/<uuid:row_id>/cancel/",
        absences.CancelAbsence.as_view(),
        name="absence_cancel",
    ),
    path("house/confirmation/", absences.Confirm.as_view(), name="confirmation"),
    path("house/confirmation/<uuid:person_id>/", absences.Confirm.as_view(), name="confirmation"),
    path(
        "house/confirmation/<uuid:row_id>/cancel/",
        absences.CancelConfirmation.as_view(),
        name="confirmation_cancel",
    ),
    path("house/incidents/", incidents.Incidents.as_view(), name="incidents"),
    path("house/incident/", incidents.ReportIncident.as_view(), name="incident"),
    path("house/incident/<uuid:person_id>/", incidents.ReportIncident.as_view(), name="incident"),
    path(
        "house/incident/row/<uuid:row_id>/",
        incidents.CorrectIncident.as_view(),
        name="incident_correct",
    ),
    path(
        "house/incident/row/<uuid:row_id>/cancel/",
        incidents.CancelIncident.as_view(),
        name="incident_cancel",
    ),
    path("house/isolations/", isolation.Isolations.as_view(), name="isolations"),
    path("house/isolation/", isolation.StartIsolation.as_view(), name="isolation"),
    path("house/isolation/<uuid:person_id>/", isolation.StartIsolation.as_view(), name="isolation"),
    path(
        "house/isolation/row/<uuid:row_id>/", isolation.IsolationOf.as_view(), name="isolation_of"
    ),
    path("house/diary/", diary.Diary.as_view(), name="diary"),
    path("house/diary/<uuid:row_id>/", diary.CorrectNote.as_view(), name="diary_correct"),
    path("house/diary/<uuid:row_id>/cancel/", diary.CancelNote.as_view(), name="diary_cancel"),
    path("house/diary/<uuid:row_id>/take-over/", diary.TakeOver.as_view(), name="take_over"),
]
