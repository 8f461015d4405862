"""Addresses of the own pages."""

from django.urls import path

from tugiplaan.web.own import month, plan, readers

paths = [
    path("own/plan/", plan.MyPlan.as_view(), name="my_plan"),
    path("own/plan/<uuid:plan_id>/answer/", plan.AnswerMyPlan.as_view(), name="my_plan_answer"),
    path("own/month/", month.MyMonth.as_view(), name="my_month"),
    path("own/readers/", readers.MyReaders.as_view(), name="my_readers"),
]
