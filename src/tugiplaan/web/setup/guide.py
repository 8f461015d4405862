"""How far a provider is: the steps from an empty one to one that works, and its settings later."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.accounts.queries import caseloads_at, users_of
from tugiplaan.people.queries import persons_of
from tugiplaan.pricelists.queries import component_prices_of, own_prices_of, rates_of
from tugiplaan.providers.agreements import Readiness, readiness_of
from tugiplaan.web.desk import Desk
from tugiplaan.web.setup.shared import SettingPage


@dataclass(frozen=True, slots=True)
class Step:
    """One step of setting up.

    Attributes:
        page: Name of the page where it is done.
        told: What there is so far.
        is_done: Enough is there to go on.
        is_needed: Without it nothing can be invoiced; others are set where they are used.
        needs: What one must hold to do it.
        sees: What one must hold to see it.
        is_open: Whoever looks may see it.
        look: What wants a look; empty: nothing.
        state: done, next, later or free.
    """

    page: str
    title: str
    told: str
    is_done: bool
    needs: str = "providers.write"
    is_needed: bool = True
    look: str = ""
    sees: str = "providers.read"
    state: str = ""
    is_open: bool = True


class Guide(SettingPage):
    """The guide of a new provider, and the overview of the settings of one that works."""

    template = "web/setup/guide.html"

    def listed(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        steps = marked(steps_of(self.desk))
        needed = [step for step in steps if step.is_needed]
        done = sum(step.is_done for step in needed)
        return {
            "steps": steps,
            "done": done,
            "needed": len(needed),
            "is_operator": "*" in self.desk.permissions,
            "next": next((step for step in steps if step.state == "next"), None),
        }


def marked(steps: list[Step]) -> list[Step]:
    """Mark each step: done, the next one, later; one that is not needed waits free."""
    found: list[Step] = []
    is_next_known = False
    for step in steps:
        if step.is_done:
            state = "done"
        elif not step.is_needed:
            state = "free"
        elif is_next_known:
            state = "later"
        else:
            state, is_next_known = "next", True
        found.append(replace(step, state=state))
    return found


def steps_of(desk: Desk) -> list[Step]:
    """Give the steps of a provider with what there is. Eight queries."""
    ready = readiness_of(desk.provider_id)
    steps = [*_house(ready), *_contracts(ready), *_prices(desk), *_people(desk, ready)]
    return [replace(step, is_open=desk.may(step.sees)) for step in steps]


def _house(ready: Readiness) -> list[Step]:
    places = ngettext("{n} koht", "{n} kohta", ready.places).format(n=ready.places)
    unsized = ngettext(
        "{n} kohal on suurusklass märkimata", "{n} kohal on suurusklass märkimata", ready.unsized
    ).format(n=ready.unsized)
    licences = ngettext("{n} tegevusluba", "{n} tegevusluba", ready.licences).format(
        n=ready.licences
    )
    return [
        Step(
            "setup_provider",
            _("Asutuse andmed"),
            ready.name if ready.is_known else _("Registrikood, konto ja aadress lähevad arvele."),
            ready.is_known,
            sees="providers.write",
        ),
        Step(
            "setup_places",
            _("Hooned, kohad ja suurusklassid"),
            places if ready.places else _("Kus te teenust osutate."),
            ready.places > 0 and not ready.unsized,
            look=unsized if ready.unsized else "",
        ),
        Step(
            "setup_places",
            _("Tegevusload"),
            licences
            if ready.licences
            else _("Millist teenust ja mitmele inimesele kohas tohib osutada."),
            ready.licences > 0,
        ),
    ]


def _contracts(ready: Readiness) -> list[Step]:
    state, own, terms = ready.state_contracts, ready.component_contracts, ready.billing_terms
    return [
        Step(
            "setup_contracts",
            _("Leping Sotsiaalkindlustusametiga"),
            ngettext("{n} leping", "{n} lepingut", state).format(n=state)
            if state
            else _("Mida seadus jätab lepingu otsustada."),
            state > 0,
        ),
        Step(
            "setup_contracts",
            _("Arvelduse tingimused"),
            ngettext("{n} rida", "{n} rida", terms).format(n=terms)
            if terms
            else _("Kellele ja mis tähtajaga arve läheb."),
            terms > 0,
        ),
        Step(
            "setup_contracts",
            _("Komponenditeenuste lepingud"),
            ngettext("{n} leping", "{n} lepingut", own).format(n=own)
            if own
            else _("Ainult siis, kui omavalitsus tellib teilt komponente."),
            own > 0,
            is_needed=False,
        ),
    ]


def _prices(desk: Desk) -> list[Step]:
    write = "pricelists.write"
    own = own_prices_of(desk.provider_id).count()
    listed = list(component_prices_of(desk.provider_id).values_list("is_confirmed", flat=True))
    unsure = listed.count(False)
    rates = rates_of(desk.provider_id).count()
    return [
        Step(
            "setup_prices",
            _("Komponentide hinnakirjad"),
            ngettext("{n} hind", "{n} hinda", len(listed)).format(n=len(listed))
            if listed
            else _("Võta avaldatud hinnakiri üle või lisa hinnad ise."),
            bool(listed) and not unsure,
            write,
            is_needed=False,
            sees="pricelists.read",
            look=ngettext("{n} hind on kinnitamata", "{n} hinda on kinnitamata", unsure).format(
                n=unsure
            )
            if unsure
            else "",
        ),
        Step(
            "setup_prices",
            _("Oma hinnad"),
            ngettext("{n} hind", "{n} hinda", own).format(n=own)
            if own
            else _("Ainult siis, kui teie hind on riigi maksimaalsest väiksem."),
            own > 0,
            write,
            is_needed=False,
            sees="pricelists.read",
        ),
        Step(
            "setup_prices",
            _("Lisatud määrad"),
            ngettext("{n} määr", "{n} määra", rates).format(n=rates)
            if rates
            else _("Riigi määrad on olemas; puuduva saad lisada koos õigusaktiga."),
            rates > 0,
            write,
            is_needed=False,
            sees="pricelists.read",
        ),
    ]


def _people(desk: Desk, ready: Readiness) -> list[Step]:
    users = users_of(desk.provider_id).count()
    cases = caseloads_at(desk.provider_id, desk.day).count()
    people = persons_of(desk.provider_id).count()
    return [
        Step(
            "setup_staff",
            _("Töötajad"),
            ngettext("{n} töötaja", "{n} töötajat", ready.staff).format(n=ready.staff)
            if ready.staff
            else _("Kes teenust osutab; koolitused ja ametikohad."),
            ready.staff > 0,
        ),
        Step(
            "setup_users",
            _("Kasutajad ja rollid"),
            ngettext("{n} kasutaja", "{n} kasutajat", users).format(n=users)
            if users
            else _("Kes sisse logib ja mida ta tohib."),
            users > 1,
            "accounts.grant",
            sees="accounts.grant",
        ),
        Step(
            "people",
            _("Inimesed"),
            ngettext("{n} inimene", "{n} inimest", people).format(n=people)
            if people
            else _("Lisa inimesed ükshaaval või too nad kuu kaustast."),
            people > 0,
            "people.write",
            sees="people.read",
        ),
        Step(
            "setup_cases",
            _("Kes kellega töötab"),
            ngettext("{n} seos", "{n} seost", cases).format(n=cases)
            if cases
            else _("Tegevusjuhendaja näeb oma inimesi; asendaja näeb neid asendamise ajal."),
            cases > 0,
            "accounts.caseload",
            sees="accounts.caseload",
        ),
    ]
