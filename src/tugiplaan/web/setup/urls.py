"""Addresses of setting up; those of the operator lie outside a provider."""

from django.urls import path

from tugiplaan.web.setup import (
    cases,
    contracts,
    events,
    folder,
    guide,
    hours,
    operator,
    places,
    prices,
    provider,
    staff,
    trainees,
    users,
)

paths = [
    path("setup/", guide.Guide.as_view(), name="setup"),
    path("setup/provider/", provider.ChangeProvider.as_view(), name="setup_provider"),
    path("setup/places/", places.Places.as_view(), name="setup_places"),
    path("setup/places/building/", places.AddBuilding.as_view(), name="setup_building"),
    path("setup/places/new/", places.AddPlace.as_view(), name="setup_place"),
    path("setup/places/<uuid:place_id>/size/", places.SetSize.as_view(), name="setup_size"),
    path("setup/licences/new/", places.AddLicence.as_view(), name="setup_licence"),
    path(
        "setup/licences/<uuid:licence_id>/",
        places.ChangeLicence.as_view(),
        name="setup_licence_change",
    ),
    path("setup/contracts/", contracts.Contracts.as_view(), name="setup_contracts"),
    path(
        "setup/contracts/state/", contracts.SetStateContract.as_view(), name="setup_state_contract"
    ),
    path(
        "setup/contracts/components/",
        contracts.SetComponentContract.as_view(),
        name="setup_component_contract",
    ),
    path("setup/contracts/terms/", contracts.SetTerms.as_view(), name="setup_terms"),
    path("setup/prices/", prices.Prices.as_view(), name="setup_prices"),
    path("setup/prices/own/", prices.SetOwnPrice.as_view(), name="setup_own_price"),
    path("setup/prices/rate/", prices.EnterRate.as_view(), name="setup_rate"),
    path("setup/prices/new/", prices.AddComponentPrice.as_view(), name="setup_price"),
    path("setup/prices/take-over/", prices.TakeOver.as_view(), name="setup_take_over"),
    path(
        "setup/prices/<uuid:price_id>/confirm/",
        prices.ConfirmPrice.as_view(),
        name="setup_price_confirm",
    ),
    path("setup/prices/<uuid:price_id>/end/", prices.EndPrice.as_view(), name="setup_price_end"),
    path("setup/staff/", staff.StaffList.as_view(), name="setup_staff"),
    path("setup/staff/new/", staff.AddStaff.as_view(), name="setup_staff_add"),
    path("setup/staff/<uuid:staff_id>/", staff.StaffMember.as_view(), name="setup_worker"),
    path("setup/staff/<uuid:staff_id>/end/", staff.EndStaff.as_view(), name="setup_staff_end"),
    path(
        "setup/staff/<uuid:staff_id>/position/", staff.AddPosition.as_view(), name="setup_position"
    ),
    path(
        "setup/staff/<uuid:staff_id>/position/<uuid:position_id>/end/",
        staff.EndPosition.as_view(),
        name="setup_position_end",
    ),
    path("setup/staff/<uuid:staff_id>/course/", staff.AddCourse.as_view(), name="setup_course"),
    path(
        "setup/staff/<uuid:staff_id>/course/<uuid:course_id>/end/",
        staff.CompleteCourse.as_view(),
        name="setup_course_end",
    ),
    path(
        "setup/staff/<uuid:staff_id>/qualification/",
        staff.AddQualification.as_view(),
        name="setup_qualification",
    ),
    path(
        "setup/staff/<uuid:staff_id>/supervisor/",
        trainees.NameSupervisor.as_view(),
        name="setup_supervisor",
    ),
    path(
        "setup/staff/<uuid:staff_id>/supervisor/<uuid:supervision_id>/end/",
        trainees.EndSupervision.as_view(),
        name="setup_supervision_end",
    ),
    path("setup/users/", users.Users.as_view(), name="setup_users"),
    path("setup/users/new/", users.AddUser.as_view(), name="setup_user_add"),
    path("setup/users/<uuid:user_id>/", users.OneUser.as_view(), name="setup_user"),
    path(
        "setup/users/<uuid:user_id>/switch/", users.SwitchUser.as_view(), name="setup_user_switch"
    ),
    path(
        "setup/users/<uuid:user_id>/invite/", users.InviteUser.as_view(), name="setup_user_invite"
    ),
    path(
        "setup/users/<uuid:user_id>/second-step/",
        users.ForgetSecondStep.as_view(),
        name="setup_user_second_step",
    ),
    path("setup/users/<uuid:user_id>/grant/", users.AddGrant.as_view(), name="setup_grant"),
    path(
        "setup/users/<uuid:user_id>/grant/<uuid:grant_id>/end/",
        users.EndGrant.as_view(),
        name="setup_grant_end",
    ),
    path("setup/cases/", cases.Cases.as_view(), name="setup_cases"),
    path("setup/cases/new/", cases.AssignCase.as_view(), name="setup_case"),
    path("setup/cases/<uuid:case_id>/end/", cases.EndCase.as_view(), name="setup_case_end"),
    path("setup/hours/", hours.Hours.as_view(), name="setup_hours"),
    path(
        "setup/hours/template.csv",
        hours.HoursTemplate.as_view(),
        {"kind": "csv"},
        name="setup_hours_csv",
    ),
    path(
        "setup/hours/template.xlsx",
        hours.HoursTemplate.as_view(),
        {"kind": "xlsx"},
        name="setup_hours_xlsx",
    ),
    path("setup/events/", events.Events.as_view(), name="setup_events"),
    path("setup/folder/", folder.Folder.as_view(), name="setup_folder"),
    path("setup/folder/export/", folder.ExportFolder.as_view(), name="setup_folder_export"),
]

operator_paths = [
    path("operator/providers/", operator.Providers.as_view(), name="operator_providers"),
    path("operator/providers/new/", operator.RegisterProvider.as_view(), name="operator_register"),
]
