"""Addresses of taking people in."""

from django.urls import path

from tugiplaan.web.intake import home, new, offers, one, table, transfers, waiting

paths = [
    path("intake/", home.Intakes.as_view(), name="intake"),
    path("intake/new/", new.NewDecision.as_view(), name="intake_new"),
    path("intake/table/", table.Decisions.as_view(), name="intake_table"),
    path("intake/waiting/", waiting.WaitingList.as_view(), name="waiting_list"),
    path("intake/waiting/add/", waiting.Enlist.as_view(), name="waiting_add"),
    path("intake/waiting/<uuid:waiting_id>/", waiting.WaiterPage.as_view(), name="waiter"),
    path(
        "intake/waiting/<uuid:waiting_id>/note/", waiting.NoteWaiting.as_view(), name="waiter_note"
    ),
    path(
        "intake/waiting/<uuid:waiting_id>/offer/",
        offers.OfferToWaiter.as_view(),
        name="waiter_offer",
    ),
    path(
        "intake/waiting/event/<uuid:event_id>/cancel/",
        waiting.CancelEvent.as_view(),
        name="waiting_event_cancel",
    ),
    path("intake/offer/<uuid:offer_id>/", offers.AnswerOffer.as_view(), name="offer_answer"),
    path("intake/offer/<uuid:offer_id>/cancel/", offers.CancelOffer.as_view(), name="offer_cancel"),
    path(
        "intake/answer/<uuid:answer_id>/cancel/",
        offers.CancelAnswer.as_view(),
        name="answer_cancel",
    ),
    path("intake/transfer/<uuid:transfer_id>/", transfers.HandOver.as_view(), name="transfer_pack"),
    path(
        "intake/transfer/<uuid:transfer_id>/cancel/",
        transfers.CancelTransfer.as_view(),
        name="transfer_cancel",
    ),
    path("intake/<uuid:referral_id>/", one.OneReferral.as_view(), name="intake_one"),
    path("intake/<uuid:referral_id>/offer/", offers.OfferPlace.as_view(), name="intake_offer"),
    path("intake/<uuid:referral_id>/transfer/", transfers.Change.as_view(), name="intake_transfer"),
]
