"""Addresses of carrying a plan out."""

from django.urls import URLPattern, URLResolver, include, path

from tugiplaan.web.carrying import consultations, network, summaries, tasks, writing

_network: list[URLPattern | URLResolver] = [
    path("", network.NetworkWork.as_view(), name="person_network_work"),
    path("add/", network.AddContact.as_view(), name="contact_add"),
    path("<uuid:contact_id>/correct/", network.CorrectContact.as_view(), name="contact_correct"),
    path("<uuid:contact_id>/cancel/", network.CancelContact.as_view(), name="contact_cancel"),
    path("consultations/ask/", consultations.Ask.as_view(), name="consultation_ask"),
    path(
        "consultations/<uuid:consultation_id>/answer/",
        consultations.RecordAnswer.as_view(),
        name="consultation_answer",
    ),
    path(
        "consultations/<uuid:consultation_id>/correct/",
        consultations.CorrectConsultation.as_view(),
        name="consultation_correct",
    ),
]
_tasks: list[URLPattern | URLResolver] = [
    path("", tasks.PersonTasks.as_view(), name="person_tasks"),
    path("add/", tasks.Give.as_view(), name="task_give"),
    path("<uuid:task_id>/change/", tasks.Change.as_view(), name="task_change"),
    path("<uuid:task_id>/done/", tasks.Finish.as_view(), name="task_done"),
    path("<uuid:task_id>/give-up/", tasks.GiveUp.as_view(), name="task_give_up"),
]
_summary: list[URLPattern | URLResolver] = [
    path("", summaries.Summaries.as_view(), name="person_summaries"),
    path("referral/<uuid:referral_id>/", writing.OfReferral.as_view(), name="summary_of_referral"),
    path("plan/<uuid:plan_id>/", writing.OfPlan.as_view(), name="summary_of_plan"),
    path("<uuid:summary_id>/", summaries.OneSummary.as_view(), name="summary"),
    path("<uuid:summary_id>/approve/", summaries.Approve.as_view(), name="summary_approve"),
    path("<uuid:summary_id>/sent/", summaries.Sent.as_view(), name="summary_sent"),
    path("<uuid:summary_id>/correct/", writing.Correct.as_view(), name="summary_correct"),
]
paths: list[URLPattern | URLResolver] = [
    path("tasks/", tasks.Tasks.as_view(), name="tasks"),
    path("people/<uuid:person_id>/network-work/", include(_network)),
    path("people/<uuid:person_id>/tasks/", include(_tasks)),
    path("people/<uuid:person_id>/summary/", include(_summary)),
]
