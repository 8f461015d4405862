"""Addresses of the month."""

from django.urls import include, path, register_converter

from tugiplaan.web.months import board, lines
from tugiplaan.web.months.room import MonthConverter

register_converter(MonthConverter, "month")

_of_a_month = [
    path("", board.Board.as_view(), name="month"),
    path("prepare/", board.Prepare.as_view(), name="prepare_month"),
    path("preparing/", board.Preparing.as_view(), name="preparing"),
    path("lines/", lines.Lines.as_view(), name="month_lines"),
    path("lines/<int:number>/", lines.Why.as_view(), name="month_line"),
    path("lines/<int:number>/steps/", lines.WhyPart.as_view(), name="month_line_steps"),
    path("close/", board.Close.as_view(), name="close_month"),
    path("reopen/", board.Reopen.as_view(), name="reopen_month"),
    path("history/", board.History.as_view(), name="month_history"),
]

paths = [
    path("months/", board.Months.as_view(), name="months"),
    path("months/<month:period>/", include(_of_a_month)),
]
