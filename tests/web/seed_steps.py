"""The steps of the story that walks the founding documents, by the id of their sentence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.browser.conftest import DAY
from tests.web.sheet import refused, send, sheet_with
from tests.web.world import log_in
from tugiplaan.accounts.queries import users_who_may_log_in
from tugiplaan.people.models import Person
from tugiplaan.plans.models import Plan
from tugiplaan.providers.models import Provider
from tugiplaan.referrals.models import Referral

type Do = Callable[["Story"], None]
STEPS: dict[str, Do] = {}
BASE, CONTENT = "component:75990016:B1:individual:person", "C1:individual:person"


@dataclass
class Story:
    """A person of the demo with the browsers of those who work for them."""

    house: str
    last_name: str
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def provider(self) -> Provider:
        return Provider.objects.get(name=self.house)

    @property
    def person(self) -> Person:
        return Person.objects.get(last_name=self.last_name, provider=self.provider)

    @property
    def plan(self) -> Plan:
        return Plan.objects.filter(person=self.person).order_by("-number")[0]

    @property
    def referral(self) -> Referral:
        return Referral.objects.filter(person=self.person)[0]

    def by(self, name: str) -> Client:
        """Give the browser of somebody."""
        if name not in self.clients:
            users = {user.name: user for user in users_who_may_log_in()}
            self.clients[name] = log_in(users[name])
        return self.clients[name]

    @property
    def manager(self) -> Client:
        return self.by("Taavi Mustjõe" if self.last_name == "Morozov" else "Piret Köstripuu")

    @property
    def director(self) -> Client:
        return self.by("Epp Linnasmäe" if self.last_name == "Morozov" else "Indrek Varesoja")

    @property
    def accountant(self) -> Client:
        return self.by("Riina Pajusaar" if self.last_name == "Morozov" else "Sirje Arukask")

    def at(self, name: str, **ids: Any) -> str:
        """Give the address of a page of the house, or of the person."""
        given = {"provider_id": self.provider.pk, **ids}
        return reverse(name, kwargs=given)

    def of(self, name: str, **ids: Any) -> str:
        """Give the address of a page of the person."""
        return self.at(name, person_id=self.person.pk, **ids)

    def shows(self, address: str, *words: str, client: Client | None = None) -> str:
        """Open a page and find words on it."""
        answer = (client or self.manager).get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        text = answer.content.decode()
        for word in words:
            assert word in text, (address, word)
        return text

    def work(self, kind: str, text: str, **more: Any) -> None:
        """Record network work of a kind, and find it on its page."""
        send(self.manager, self.of("contact_add"), kind=kind, text=text, **more)
        self.shows(self.of("person_network_work"), text)


def step(*ids: str) -> Callable[[Do], Do]:
    """Say which sentences a step does."""

    def told(do: Do) -> Do:
        for one in ids:
            assert one not in STEPS, one
            STEPS[one] = do
        return do

    return told


@step("A1")
def assess(story: Story) -> None:
    """Need is assessed anew, seen by the specialist and by the person."""
    text = story.shows(story.of("person_assessments"))
    if "/drafts/" not in text:
        send(story.manager, story.of("assessment_new"), instrument="TV-RFK", assessed_on=DAY)
        text = story.shows(story.of("person_assessments"))
    draft = text.split("/drafts/")[1].split("/")[0]
    own = {"v-tv.p1.1": "no", "v-tv.d350": "3", "c-tv.d350": "Vajab aega."}
    send(
        story.manager,
        story.of("assessment_fill", draft_id=draft, view="specialist", domain="1"),
        **own,
    )
    story.manager.post(story.of("assessment_finish", draft_id=draft))
    story.shows(story.of("person_assessments"), "Vestlemine")
    story.shows(story.of("person_trend") + "?instrument=TV-RFK&domain=1", "3 – suur raskus")


@step("A2")
def plan(story: Story) -> None:
    """A new version is planned, with a component for its goal."""
    number = story.plan.number
    goal = "Käib kord kuus raamatukogus."
    send(
        story.manager,
        story.of("plan_version", plan_id=story.plan.pk),
        **{"g0-text": goal, "g0-domain": "6", "wishes": "Tahan lugeda."},
    )
    assert story.plan.number == number + 1
    story.shows(story.of("person_plan"), goal)


@step("A3")
def review(story: Story) -> None:
    """The plan is looked over goal by goal."""
    agree(story)
    rated = {"text-1": "Alustas hästi.", "outcome-1": "partly", "period_to": DAY}
    send(story.manager, story.of("plan_rate", plan_id=story.plan.pk), **rated)
    story.shows(story.of("person_plan"), "Alustas hästi.")
    story.shows(story.of("plan_changes", plan_id=story.plan.pk), "Käib kord kuus raamatukogus.")


@step("A4")
def sum_up(story: Story) -> None:
    """What was done is summed up, with what came of each goal."""
    story.shows(story.of("person_summaries"), "Kokkuvõt")


@step("A5")
def agree(story: Story) -> None:
    """Each party says yes or no to the plan, the network too."""
    address = story.of("plan_answer", plan_id=story.plan.pk)
    answers = {
        "provider": "", "person": "", "network": "Perearst dr Aed",
    }  # fmt: skip
    for party, name in answers.items():
        send(story.manager, address, party=party, name=name, is_agreed="yes", day=DAY)
    story.shows(story.of("person_plan"), "Perearst dr Aed")


@step("A6", "A12")
def content_is_refused(story: Story) -> None:
    """Content work is not recorded under a base component, and stays as it was typed."""
    address = story.of("record")
    text = refused(
        story.manager, address,
        what=BASE, minutes="60", activity="content", line="Koristasime koos kodu.",
    )  # fmt: skip
    assert "ei sisalda sisutööd" in text
    assert "Koristasime koos kodu." in text


@step("A7", "A16")
def prices(story: Story) -> None:
    """Base components have their price an hour."""
    story.shows(story.at("setup_prices"), "B1", "B2", client=story.director)


@step("A8")
def coordinate(story: Story) -> None:
    """Coordination is recorded once, with its hours."""
    hours = {"component": BASE, "minutes": 45}
    story.work("coordination", "Leppisime nädala kava kokku.", **hours)
    story.shows(story.at("today"), "45 min")


@step("A9")
def network(story: Story) -> None:
    """Talks with everybody around the person, each in their field."""
    fields = {"health": "perearst", "education": "õpetaja", "employment": "tööandja"}
    for code, who in fields.items():
        story.work("network", f"Rääkisin, {who}.", field=code, with_whom=who)


@step("A10")
def advise(story: Story) -> None:
    """The person is told what help there is."""
    story.work("advice", "Selgitasin, milliseid teenuseid vald pakub.")


@step("A10a")
def link_with_health(story: Story) -> None:
    """A first appointment is made, and a task that somebody follows it."""
    story.work("health", "Panin aja eriarsti juurde.")
    task = {"text": "Küsida, kas ravim sobis", "due_on": DAY}
    send(story.manager, story.of("task_give"), **task)
    story.shows(story.at("tasks"), "Küsida, kas ravim sobis")


@step("A10b")
def tell_neighbours(story: Story) -> None:
    """Neighbours are told and their fears eased."""
    story.work("community", "Rääkisin koridoris muredest.", with_whom="naabrid")


@step("A10c")
def use_services(story: Story) -> None:
    """Services of the community come first."""
    story.work("community_services", "Käisime koos raamatukogus kontot tegemas.")


@step("A10d")
def income_and_guardianship(story: Story) -> None:
    """Income is seen to; guardianship is explained."""
    story.work("money", "Esitasime töövõime hindamise taotluse.")
    story.work("guardianship", "Selgitasin eestkoste korda.")


@step("A11")
def one_worker(story: Story) -> None:
    """It is one worker's work, whose name stands with it."""
    sheet = sheet_with(story.shows(story.of("contact_add")), "worker")
    assert len(sheet.values["worker"]) == 1
    assert sheet.values["worker"][0]


def _ask(story: Story, stage: str, question: str) -> None:
    asked = {"stage": stage, "question": question, "expert": "dr Mets", "competence": "psühhiaater"}
    send(story.manager, story.of("consultation_ask"), asked_on=DAY, **asked)
    story.shows(story.of("person_network_work"), question, "dr Mets")


@step("A13")
def consult(story: Story) -> None:
    """Somebody with special competence is asked before the plan is made."""
    _ask(story, "before", "Kuidas toetada, kui ärevus kasvab?")


@step("A14")
def consult_at_a_review(story: Story) -> None:
    """The same at a review; the answer comes with its hours, at its price."""
    _ask(story, "review", "Kas eesmärgid on jõukohased?")
    page = story.shows(story.of("person_network_work"))
    asked = page.split("/answer/")[0].split("/consultations/")[-1]
    address = story.of("consultation_answer", consultation_id=asked)
    offers = sheet_with(story.shows(address), "outcome").offers["component"]
    component = next(one for one in offers if ":B2:" in one)
    answer = {"held_on": DAY, "outcome": "Vähem korraga.", "minutes": 60, "component": component}
    send(story.manager, address, **answer)
    story.shows(story.of("person_network_work"), "Vähem korraga.")


@step("A15")
def refuses_help(story: Story) -> None:
    """A person who refuses help is a reason to ask."""
    _ask(story, "before", "Keeldub abist: kuidas luua kontakti?")
