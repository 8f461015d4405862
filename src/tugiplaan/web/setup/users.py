"""Users and what they may do here: adding, switching off and on, granting roles and ending them."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tugiplaan.accounts.access import NotAllowedError, User, grants_on, role_names_of, roles
from tugiplaan.accounts.actions import (
    GrantTerms,
    NewUser,
    add_user,
    end_grant,
    grant,
    switch_off_user,
    switch_on_user,
)
from tugiplaan.accounts.queries import grants_at, user_by_email, users_of
from tugiplaan.audit.language import language
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.queries import visible_to
from tugiplaan.providers.queries import places_of
from tugiplaan.web.desk import Desk
from tugiplaan.web.entry.invitations import invite
from tugiplaan.web.entry.second_step import forget_second_step, has_second_step
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.setup.places import holds
from tugiplaan.web.setup.shared import PickField, SettingForm, SettingPage, offer, text
from tugiplaan.web.shared import Act

_ELSEWHERE = frozenset({"operator"})


def may_be_invited(user: User, desk: Desk) -> bool:
    """Say whether one may hand over the link by which a user sets a password.

    A director, the first one only: who has a password renews it themselves, and who may do
    something elsewhere too must not come into the hands of one provider. The operator, who
    answers for all of them, any: somebody must be able to help who forgot.
    """
    if not user.is_active:
        return False
    if is_operator(desk):
        return True
    grants = grants_on(user, desk.day)
    is_here_only = all(one.provider_id == desk.provider_id for one in grants)
    return is_here_only and not user.has_usable_password()


def is_operator(desk: Desk) -> bool:
    """Say whether who looks answers for all providers."""
    return "*" in desk.permissions


def role_choices() -> list[tuple[str, str]]:
    """Give the roles that can be given at one provider."""
    known = [code for code in roles() if code not in _ELSEWHERE]
    return list(role_names_of(known, language()).items())


class Users(SettingPage):
    """Who has or had a role here, and which."""

    permission = "accounts.grant"
    template = "web/setup/users.html"

    def listed(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        names = role_names_of(roles(), language())
        held = [
            (user, [_grant_told(one, names, self.desk.day) for one in grants])
            for user, grants in groupby(grants_at(self.desk.provider_id), lambda one: one.user)
        ]
        return {"held": held, "active": sum(user.is_active for user, _grants in held)}


def _grant_told(one: Any, names: dict[str, str], day: Any) -> tuple[Any, str, str]:
    return one, names.get(one.role, one.role), holds(one, day)


class OneUser(SettingPage):
    """One user: the roles here over time."""

    permission = "accounts.grant"
    template = "web/setup/user.html"

    def listed(self, **ids: Any) -> dict[str, Any]:
        user = users_of(self.desk.provider_id).get(pk=ids["user_id"])
        names = role_names_of(roles(), language())
        grants = grants_at(self.desk.provider_id).filter(user=user)
        told = [_grant_told(one, names, self.desk.day) for one in grants]
        return {
            "one": user,
            "grants": told,
            "is_self": user.pk == self.desk.user.pk,
            "may_forget_step": is_operator(self.desk) and has_second_step(user),
            "may_be_invited": may_be_invited(user, self.desk),
        }


class GrantFields(Form):
    """Which role, of whom or where, and for how long."""

    role = forms.ChoiceField(label=_("Roll"), choices=role_choices)
    place = PickField(
        label=_("Ainult selles kohas"), required=False, help_text=_("Muidu kogu asutuses.")
    )
    person = PickField(
        label=_("Kelle vaade"),
        required=False,
        help_text=_("Ainult inimese enda või tema esindaja rollile."),
    )
    funder = text(
        _("Omavalitsuse registrikood"),
        required=False,
        most=20,
        hint=_("Ainult omavalitsuse rollile."),
    )
    valid_from = DayField(label=_("Alates"))
    valid_to = DayField(label=_("Kuni"), required=False, help_text=_("Tühi: edaspidi."))
    reason = text(_("Põhjus"), required=False, most=500)


class NewUserForm(GrantFields):
    """Somebody who is to log in, with a first role."""

    name = text(_("Nimi"))
    email = forms.EmailField(label=_("E-post"), help_text=_("Sellega logitakse sisse."))
    phone = text(_("Telefon"), required=False, most=40)
    language = forms.ChoiceField(label=_("Lehtede keel"), choices=settings.LANGUAGES)
    field_order = (
        *("name", "email", "phone", "language", "role", "place", "person", "funder"),
        *("valid_from", "valid_to", "reason"),
    )


class _Granting(SettingForm):
    permission = "accounts.grant"
    back = "setup_users"

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        form = super().form(data, files, **ids)
        people = visible_to(self.desk.user, self.desk.day).filter(provider_id=self.desk.provider_id)
        places = places_of(self.desk.provider_id)
        offer(form, "place", ((one.pk, one.name) for one in places), none=_("kogu asutus"))
        offer(form, "person", ((one.pk, one) for one in people), none=_("ei ole inimese vaade"))
        return form

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"valid_from": self.desk.day, "language": "et", "role": "activity_supervisor"}

    def grant(self, user: User, form: forms.Form) -> None:
        """Grant what the form says."""
        told = form.cleaned_data
        terms = GrantTerms(
            role=told["role"],
            provider_id=self.desk.provider_id,
            valid_from=told["valid_from"],
            valid_to=told["valid_to"],
            place_id=told["place"],
            person_id=told["person"],
            funder=told["funder"],
            reason=told["reason"],
        )
        grant(user=user, terms=terms, by=self.desk.user, on=self.desk.day)


class AddUser(_Granting):
    """Add a user with a first role; one without the other is of no use."""

    form_class = NewUserForm
    title = _("Lisa kasutaja")
    intro = _("Kasutaja näeb ja teeb ainult seda, mida tema roll lubab.")

    def act(self, form: forms.Form, **ids: Any) -> str:  # noqa: ARG002
        known = user_by_email(form.cleaned_data["email"])
        with transaction.atomic():
            user = known or self._newcomer(form)
            self.grant(user, form)
        if known:
            self.say(_t("{name} oli juba kasutaja ja sai rolli ka siin.").format(name=user))
            return self.url("setup_user", user.pk)
        self.say(_t("{name} on lisatud. Anna talle nüüd sisselogimise link.").format(name=user))
        return self.url("setup_user_invite", user.pk)

    def _newcomer(self, form: forms.Form) -> User:
        return add_user(
            provider_id=self.desk.provider_id,
            newcomer=newcomer_of(form.cleaned_data),
            by=self.desk.user,
            on=self.desk.day,
        )


def newcomer_of(told: Mapping[str, Any]) -> NewUser:
    """Give what a form says of a new user."""
    return NewUser(**{name: told[name] for name in ("email", "name", "phone", "language")})


class AddGrant(_Granting):
    """Grant another role."""

    form_class = GrantFields
    title = _("Anna roll")
    done = _("Roll on antud.")
    back = "setup_user"

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        users_of(self.desk.provider_id).get(pk=ids["user_id"])  # who is not here has no form
        return super().form(data, files, **ids)

    def back_url(self, **ids: Any) -> str:
        return self.url(self.back, ids["user_id"])

    def save(self, form: forms.Form, **ids: Any) -> None:
        self.grant(users_of(self.desk.provider_id).get(pk=ids["user_id"]), form)


class EndGrantForm(Form):
    """The last day of a role and why."""

    last_day = DayField(label=_("Viimane päev"))
    why = text(_("Põhjus"), most=500)


class EndGrant(SettingForm):
    """End a role, or take it back wholly."""

    permission = "accounts.grant"
    form_class = EndGrantForm
    title = _("Lõpeta roll")
    intro = _("Päev enne algust võtab rolli tagasi, nagu poleks seda antud; ajalugu jääb alles.")
    button = _("Lõpetan")
    done = _("Rolli lõpp on salvestatud.")

    def back_url(self, **ids: Any) -> str:
        return self.url("setup_user", ids["user_id"])

    def row(self, **ids: Any) -> Any:
        """Give the grant of the address."""
        return grants_at(self.desk.provider_id).get(pk=ids["grant_id"], user_id=ids["user_id"])

    def initial(self, **ids: Any) -> dict[str, Any]:
        self.row(**ids)  # what is not of here has no form
        return {"last_day": self.desk.day}

    def save(self, form: forms.Form, **ids: Any) -> None:
        end_grant(grant=self.row(**ids), **form.cleaned_data, by=self.desk.user, on=self.desk.day)

    def act(self, form: forms.Form, **ids: Any) -> str:
        self.save(form, **ids)
        self.say(str(self.done))
        # Whose only role was taken back is no user of this provider any more.
        is_here = users_of(self.desk.provider_id).filter(pk=ids["user_id"]).exists()
        return self.back_url(**ids) if is_here else self.url("setup_users")


class SwitchForm(Form):
    """Why a user is switched off or on."""

    why = text(_("Põhjus"), most=500)


class SwitchUser(SettingForm):
    """Switch a user off, or on again."""

    permission = "accounts.grant"
    form_class = SwitchForm
    done = _("Salvestatud.")

    def read(self, **ids: Any) -> dict[str, Any]:
        user = self._user(ids["user_id"])
        off = _("Lülita välja: {name}"), _("Kasutaja ei saa enam sisse logida. Tehtu jääb alles.")
        on = _("Lülita sisse: {name}"), _("Kehtivad rollid hakkavad jälle lugema.")
        title, intro = off if user.is_active else on
        shown = {"title": str(title).format(name=user), "intro": intro, "button": _("Kinnitan")}
        return super().read(**ids) | shown

    title = ""

    def back_url(self, **ids: Any) -> str:
        return self.url("setup_user", ids["user_id"])

    def save(self, form: forms.Form, **ids: Any) -> None:
        user = self._user(ids["user_id"])
        switch = switch_off_user if user.is_active else switch_on_user
        switch(
            user=user,
            provider_id=self.desk.provider_id,
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )

    def _user(self, user_id: UUID) -> User:
        return users_of(self.desk.provider_id).get(pk=user_id)


class InviteUser(SettingForm):
    """Make the link by which a new user sets a password; it is sent where letters can be sent."""

    permission = "accounts.grant"
    template = "web/setup/invite.html"
    form_class = Form
    title = _("Sisselogimise link")
    intro = _(
        "Selle lingiga valib uus kasutaja endale parooli. Link kehtib kolm päeva ja ühe korra."
    )
    button = _("Tee link")

    def read(self, **ids: Any) -> dict[str, Any]:
        user = users_of(self.desk.provider_id).get(pk=ids["user_id"])
        may = may_be_invited(user, self.desk)
        return super().read(**ids) | {"one": user, "may_be_invited": may}

    def back_url(self, **ids: Any) -> str:
        return self.url("setup_user", ids["user_id"])

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse:  # noqa: ARG002
        shown = self.read(**ids)
        if not shown["may_be_invited"]:
            raise UnableToInviteError(
                _t(
                    "Sellele kasutajale siin linki teha ei saa: tal on juba parool või õigusi ka "
                    "mujal. Parooli uuendab ta sisselogimise lehelt. Midagi ei muudetud."
                )
            )
        link = invite(self.request, shown["one"])
        return self.show(shown | {"link": link, "is_sent": settings.CAN_SEND_LETTERS})


class UnableToInviteError(RefusedError):
    """The link of the first log-in cannot be given here."""


class ForgetSecondStep(Act):
    """Take a lost second step away; the operator only. The user adds a new one at log-in."""

    permission = "accounts.grant"
    back = "home"

    def act(self, form: forms.Form, **ids: Any) -> str:  # noqa: ARG002
        if not is_operator(self.desk):
            raise NotAllowedError(self.desk.user, "accounts.grant")
        user = users_of(self.desk.provider_id).get(pk=ids["user_id"])
        forget_second_step(user=user, provider_id=self.desk.provider_id, by=self.desk.user)
        self.say(_t("Teine samm on eemaldatud; kasutaja lisab sisse logides uue."))
        return self.url("setup_user", user.pk)
