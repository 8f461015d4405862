"""Addresses of quality."""

from django.urls import path

from tugiplaan.web.quality import complaints, criteria, improvements, judge, rounds, team, years

paths = [
    path("quality/", rounds.Rounds.as_view(), name="quality"),
    path("quality/new/", rounds.StartRound.as_view(), name="quality_round_add"),
    path("quality/years/", years.Years.as_view(), name="quality_years"),
    path("quality/criteria/", criteria.Criteria.as_view(), name="quality_criteria"),
    path("quality/improvements/", improvements.Improvements.as_view(), name="quality_improvements"),
    path(
        "quality/improvements/new/",
        improvements.PlanImprovement.as_view(),
        name="quality_improvement_add",
    ),
    path(
        "quality/improvements/<uuid:improvement_id>/",
        improvements.EndImprovement.as_view(),
        name="quality_improvement_end",
    ),
    path("quality/complaints/", complaints.Complaints.as_view(), name="quality_complaints"),
    path(
        "quality/complaints/new/",
        complaints.RecordComplaint.as_view(),
        name="quality_complaint_add",
    ),
    path("quality/complaints/term/", complaints.SetTerm.as_view(), name="quality_complaint_term"),
    path(
        "quality/complaints/<uuid:complaint_id>/",
        complaints.OneComplaint.as_view(),
        name="quality_complaint",
    ),
    path("quality/<uuid:round_id>/", rounds.OneRound.as_view(), name="quality_round"),
    path("quality/<uuid:round_id>/team/", team.Join.as_view(), name="quality_join"),
    path(
        "quality/<uuid:round_id>/team/<uuid:assessor_id>/leave/",
        team.Leave.as_view(),
        name="quality_leave",
    ),
    path(
        "quality/<uuid:round_id>/judge/<str:number>/", judge.Judge.as_view(), name="quality_judge"
    ),
    path("quality/<uuid:round_id>/close/", rounds.CloseRound.as_view(), name="quality_close"),
]
