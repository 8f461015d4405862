"""Addresses of coming in."""

from django.conf import settings
from django.urls import include, path

from tugiplaan.web.entry import demo, first, reminders, views

paths = [
    path("", views.Home.as_view(), name="home"),
    path("account/", views.Account.as_view(), name="account"),
    path("account/reminders/", reminders.Reminders.as_view(), name="reminders"),
    path(
        "account/confirm/<str:token>/",
        reminders.ConfirmAddress.as_view(),
        name="confirm_address",
    ),
    path("language/", views.ChooseLanguage.as_view(), name="language"),
    path("session/keep/", views.KeepSession.as_view(), name="keep_session"),
    path("help/", views.Help.as_view(), name="help"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("first/", first.First.as_view(), name="first"),
    path(
        "log-in/email/", views.closed, name="no_email"
    ),  # an address is changed by whoever adds users
    path("log-in/confirm-email/", views.closed, name="no_confirming"),
    path("log-in/", include("allauth.account.urls")),
    path("two-steps/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
if settings.DEMO:
    paths += [
        path("demo/", demo.Doors.as_view(), name="demo"),
        path("demo/<uuid:user_id>/", demo.Enter.as_view(), name="demo_enter"),
    ]

provider_paths = [path("", views.ProviderHome.as_view(), name="provider_home")]
