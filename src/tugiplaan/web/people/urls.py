"""Addresses of people."""

from django.urls import path

from tugiplaan.web.people import views

paths = [
    path("people/", views.People.as_view(), name="people"),
]
