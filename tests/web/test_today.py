"""The day of a supervisor: people, recording, groups, mending, what waited for the network."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.billing.home import Home, make_home
from tests.cast import make_person, make_provider, make_user
from tests.delivery.test_today import planned
from tests.delivery.test_together import FUNDER, part, supervisor, together
from tests.referrals.rows import close_month
from tugiplaan.accounts.access import User
from tugiplaan.audit.models import Event
from tugiplaan.delivery.actions.together import MissedKind
from tugiplaan.delivery.entries import HourEntry, SessionEntry
from tugiplaan.delivery.models import ComponentRecord, HourRecord, Missed, Narrative
from tugiplaan.people.models import Person

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
TODAY = date(2026, 11, 16)  # a Monday


@pytest.fixture(autouse=True)
def _monday(settings: Any, _fixed_day: None) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def home() -> Home:
    return make_home()


def sent_of(text: str) -> dict[str, list[str]]:
    """Give what a browser would send of the form that records."""
    form = re.search(r'<form method="post"[^>]*class="record".*?</form>', text, re.DOTALL)
    assert form, text
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        is_chosen = (kind and kind[1] not in {"radio", "checkbox"}) or " checked" in tag
        if name and is_chosen:
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name_of, options in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form[0], re.S
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name_of] = [chosen[1] if chosen else ""]
    found.pop("csrfmiddlewaretoken", None)
    return found


def queries(ask: Callable[[], Any]) -> int:
    """Count the questions of a request, without the marks of transactions and of who acts."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    marks = ("SAVEPOINT", "RELEASE", "SELECT set_config(")
    return sum(not row["sql"].startswith(marks) for row in asked.captured_queries)


def hour(home: Home, referral: Any, **more: Any) -> HourEntry:
    values: dict[str, Any] = {"day": TODAY, "minutes": 60, "worker_id": home.worker.pk, **more}
    return HourEntry(referral_id=referral.pk, **values)


def served(home: Home, count: int = 1) -> tuple[User, list[Any]]:
    referrals = [home.resident(f"P{one}", "IET", arrived=date(2026, 11, 1)) for one in range(count)]
    return supervisor(home, *home.persons), referrals


def test_today_says_who_is_there_and_what_is_left(home: Home, enter: Enter) -> None:
    juta, (referral, _other) = served(home, 2)
    planned(home, home.persons[0], referral)
    client = enter(juta)
    address = f"/{home.provider.pk}/today/"
    text = client.get(address).content.decode()
    assert "2 inimest täna, 1 kavandatud tegevus tegemata." in text
    assert "Kodu korras." in text
    assert "Koos poes." not in text  # on Tuesdays
    together(home, juta, hour(home, referral, activity="Kodu korras."))
    text = client.get(address).content.decode()
    assert "2 inimest täna, 1 kirje olemas." in text
    assert f"/{home.provider.pk}/today/record/{home.persons[0].pk}/" in text
    yesterday = client.get(f"{address}?day=2026-11-15").content.decode()
    assert "Eile" in yesterday
    assert "kirje olemas" not in yesterday


def test_a_day_ahead_or_of_no_calendar_is_today(home: Home, enter: Enter) -> None:
    juta, _ = served(home)
    client = enter(juta)
    for day in ("2027-01-01", "esmaspäev"):
        text = client.get(f"/{home.provider.pk}/today/?day={day}").content.decode()
        assert "16. november" in text


def test_who_has_nobody_is_told_what_will_be_here(home: Home, enter: Enter) -> None:
    juta = supervisor(home)
    assert (
        "Siia tulevad sinu inimesed"
        in enter(juta).get(f"/{home.provider.pk}/today/").content.decode()
    )


def test_the_form_of_a_person_as_it_opens_is_recorded_once(home: Home, enter: Enter) -> None:
    juta, (referral,) = served(home)
    person = home.persons[0]
    together(home, juta, hour(home, referral, day=date(2026, 11, 9), minutes=75))
    client = enter(juta)
    address = f"/{home.provider.pk}/today/record/{person.pk}/"
    sent = sent_of(client.get(address).content.decode())
    assert sent["what"] == [f"hour:{referral.pk}"]
    assert sent["minutes"] == ["75"]
    sent |= {"fact": ["Käisime poes."], "line": ["Oli rõõmus."]}
    for _ in range(2):
        answer = client.post(address, sent)
        assert answer.status_code == 302
        assert answer["Location"] == f"/{home.provider.pk}/today/?day=2026-11-16"
    row = HourRecord.objects.get(day=TODAY)
    assert (row.minutes, row.activity, row.worker) == (75, "Käisime poes.", home.worker)
    assert Narrative.objects.get().record_id == row.pk
    assert "1 h 15 min on kirjas." in client.get(answer["Location"]).content.decode()


def test_a_form_that_refuses_keeps_what_was_typed(home: Home, enter: Enter) -> None:
    juta, (_referral,) = served(home)
    client = enter(juta)
    address = f"/{home.provider.pk}/today/record/{home.persons[0].pk}/"
    sent = sent_of(client.get(address).content.decode())
    answer = client.post(address, sent | {"minutes": [""], "fact": ["Käisime poes."]})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Vali, kui kaua see kestis." in text
    assert 'value="Käisime poes."' in text
    wrong: list[tuple[str, str, str]] = [
        ("what", "", "Vali, mida tegite."),
        ("what", "hour:x", "Vali, mida tegite."),
        ("what", "tants", "Vali, mida tegite."),
        ("worker", "", "Vali töötaja"),
    ]
    for name, value, sentence in wrong:
        assert sentence in client.post(address, sent | {name: [value]}).content.decode()
    both = sent | {"activity": ["job_finding"], "fact": ["Otsisime tööd."]}
    assert "kirjuta päevikusse" in client.post(address, both).content.decode()
    close_month(home.provider, 202611, "closed")
    assert "suletud" in client.post(address, sent).content.decode()
    assert not HourRecord.objects.exists()


def test_an_invoiced_month_asks_why(home: Home, enter: Enter) -> None:
    home.resident("P1", "IET")
    juta = supervisor(home, *home.persons)
    close_month(home.provider, 202610, "issued")
    client = enter(juta)
    address = f"/{home.provider.pk}/today/record/{home.persons[0].pk}/"
    sent = sent_of(client.get(f"{address}?day=2026-10-05").content.decode())
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert 'name="why"' in answer.content.decode()
    assert client.post(address, sent | {"why": ["Jäi kirja panemata."]}).status_code == 302


def test_the_verdict_is_told_while_the_form_is_filled(home: Home, enter: Enter) -> None:
    juta, (_referral,) = served(home)
    person = home.persons[0]
    client = enter(juta)
    page = client.get(f"/{home.provider.pk}/today/record/{person.pk}/").content.decode()
    address, sent = f"/{home.provider.pk}/today/verdict/{person.pk}/", sent_of(page)
    events = Event.objects.count()
    text = client.post(address, sent).content.decode()
    assert "Veel vaja: 3 h" in text
    assert "Kuu miinimum" in text
    assert client.post(address, sent | {"what": ["hour:x"]}).content.decode().strip() == ""
    ahead = sent | {"day": ["2026-12-01"]}
    assert client.post(address, ahead).content.decode().strip() == ""
    assert Event.objects.count() == events
    close_month(home.provider, 202611, "closed")
    assert "suletud" in client.post(address, sent).content.decode()
    assert client.get(address).status_code == 405


def grouped(home: Home, count: int = 3) -> tuple[User, list[Person]]:
    people = [make_person(home.provider, f"P{number}") for number in range(count)]
    for person in people:
        planned(home, person)
    return supervisor(home, *people), people


def test_a_group_is_recorded_in_one_go(home: Home, enter: Enter) -> None:
    juta, people = grouped(home)
    client = enter(juta)
    address = f"/{home.provider.pk}/today/group/"
    sent = sent_of(client.get(address).content.decode())
    assert len(sent["in"]) == len(sent["expected"]) == 3
    out = str(people[2].pk)
    sent["in"] = [key for key in sent["in"] if key != out]
    sent |= {f"reason-{out}": ["declined"], "fact": ["Tegime suppi."], "title": ["Kokandus"]}
    sent[f"line-{people[0].pk}"] = ["Lõikas ise."]
    verdict = client.post(f"/{home.provider.pk}/today/verdict/", sent).content.decode()
    assert "Igaühe kohta eraldi" in verdict
    assert str(people[0]) in verdict
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    rows = ComponentRecord.objects.all()
    assert {(row.mode, row.participants, row.activity) for row in rows} == {
        ("group", 2, "Tegime suppi.")
    }
    assert Missed.objects.get().kind == MissedKind.DECLINED
    assert Narrative.objects.get().text == "Lõikas ise."
    # The next time, all three are expected again.
    text = client.get(address).content.decode()
    assert "Kokandus" in text
    like = re.search(r"like=([0-9a-f-]+)", text)
    assert like
    again = sent_of(client.get(f"{address}?like={like[1]}").content.decode())
    assert len(again["in"]) == 3
    assert again["title"] == ["Kokandus"]


def test_a_group_that_refuses_keeps_who_was_out(home: Home, enter: Enter) -> None:
    juta, people = grouped(home)
    client = enter(juta)
    address = f"/{home.provider.pk}/today/group/"
    sent = sent_of(client.get(address).content.decode())
    out = str(people[2].pk)
    sent["in"] = [key for key in sent["in"] if key != out]
    answer = client.post(address, sent | {"minutes": [""], f"reason-{out}": ["ill"]})
    kept = sent_of(answer.content.decode())
    assert answer.status_code == 422
    assert kept["in"] == sent["in"]
    assert kept["who"] == sent["who"]
    assert kept[f"reason-{out}"] == ["ill"]
    for wrong, sentence in (
        ({"in": []}, "Keegi ei võtnud osa"),
        ({"who": ["x y z"]}, "Ava rühm uuesti"),
    ):
        assert sentence in client.post(address, sent | wrong).content.decode()
    assert not ComponentRecord.objects.exists()


def test_the_records_of_a_month_are_mended_and_cancelled(home: Home, enter: Enter) -> None:
    juta, (referral,) = served(home)
    (row,) = together(home, juta, hour(home, referral, activity="poes"))
    client = enter(juta)
    month = f"/{home.provider.pk}/today/records/{home.persons[0].pk}/"
    text = client.get(month).content.decode()
    assert "november 2026: 1 kirje" in text
    assert "Veel vaja: 3 h" in text
    mend = f"/{home.provider.pk}/today/mend/{row.pk}/"
    sent = sent_of(client.get(mend).content.decode())
    assert (sent["minutes"], sent["fact"]) == (["60"], ["poes"])
    assert (
        "Veel vaja: 2 h 30 min"
        in client.post(
            f"/{home.provider.pk}/today/verdict/{home.persons[0].pk}/", sent | {"minutes": ["90"]}
        ).content.decode()
    )
    assert client.post(mend, sent | {"minutes": ["90"]}).status_code == 422
    mended = sent | {"minutes": ["90"], "why": ["Vale kestus."]}
    assert client.post(mend, mended).status_code == 302
    new = HourRecord.objects.current().get()
    assert (new.minutes, new.corrects_id) == (90, row.pk)
    mend = f"/{home.provider.pk}/today/mend/{new.pk}/"
    assert client.post(mend, {"cancel": "1", "cancel-why": ""}).status_code == 422
    assert client.post(mend, {"cancel": "1", "cancel-why": "Ei toimunud."}).status_code == 302
    assert not HourRecord.objects.current().exists()
    assert "Sel kuul ei ole veel kirjeid" in client.get(month).content.decode()
    assert client.get(f"{month}?month=x").status_code == 200


def test_a_mended_part_of_a_group_stays_in_it(home: Home, enter: Enter) -> None:
    juta, people = grouped(home, 2)
    session = SessionEntry(day=TODAY, title="Kokandus")
    first, _ = together(home, juta, *[part(home, one) for one in people], session=session)
    client = enter(juta)
    mend = f"/{home.provider.pk}/today/mend/{first.pk}/"
    sent = sent_of(client.get(mend).content.decode())
    assert sent["what"] == [f"component:{FUNDER}:toetus:group:person"]
    assert client.post(mend, sent | {"why": ["Lühem."], "other_minutes": ["20"]}).status_code == 302
    new = ComponentRecord.objects.get(corrects=first.pk)
    assert (new.minutes, new.session_id, new.participants) == (20, session.id, 2)


def test_chips_of_records_come_for_their_places(home: Home, enter: Enter) -> None:
    juta, (referral,) = served(home)
    (row,) = together(home, juta, hour(home, referral))
    address = f"/{home.provider.pk}/today/chips/"
    text = enter(juta).get(f"{address}?of={row.pk}").content.decode()
    assert f'id="chip-{row.pk}"' in text
    assert "Veel vaja: 3 h" in text
    assert enter(juta).get(address).content.decode().strip() == ""


def post_json(client: Client, home: Home, **told: Any) -> Any:
    address = f"/{home.provider.pk}/today/send/"
    return client.post(address, json.dumps(told), content_type="application/json")


def fields(sent: dict[str, list[str]]) -> list[list[str]]:
    return [[name, value] for name, values in sent.items() for value in values]


def test_what_waited_is_taken_in_once_and_refusals_are_told(home: Home, enter: Enter) -> None:
    juta, (_referral,) = served(home)
    person = home.persons[0]
    client = enter(juta)
    known = client.get(f"/{home.provider.pk}/today/send/").json()
    assert known["user"] == str(juta.pk)
    assert known["token"]
    page = client.get(f"/{home.provider.pk}/today/record/{person.pk}/").content.decode()
    sent = sent_of(page)
    told: dict[str, Any] = {"user": str(juta.pk), "person": str(person.pk), "fields": fields(sent)}
    for _ in range(2):
        answer = post_json(client, home, **told)
        assert (answer.status_code, answer.json()["state"]) == (200, "stored")
    assert HourRecord.objects.count() == 1
    other = told | {"fields": fields(sent | {"minutes": ["30"]})}
    answer = post_json(client, home, **other)
    assert answer.status_code == 422
    assert "teistsuguse sisuga" in answer.json()["why"]
    broken = told | {"fields": fields(sent | {"minutes": [""]})}
    assert "Vali, kui kaua" in post_json(client, home, **broken).json()["why"]
    assert post_json(client, home, **told | {"user": "somebody"}).status_code == 401
    assert post_json(client, home, user="x").status_code == 400
    assert post_json(Client(), home, **told).json() == {"state": "login"}
    stranger = enter(make_user("Võõra Juht", "director", make_provider("Võõras OÜ")))
    assert post_json(stranger, home, **told).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(juta)
    assert post_json(strict, home, **told).status_code == 403
    assert HourRecord.objects.count() == 1


def test_a_group_that_waited_is_taken_in(home: Home, enter: Enter) -> None:
    juta, _people = grouped(home)
    client = enter(juta)
    sent = sent_of(client.get(f"/{home.provider.pk}/today/group/").content.decode())
    told = {"user": str(juta.pk), "person": None, "fields": fields(sent), "is_direct": True}
    assert post_json(client, home, **told).json()["state"] == "stored"
    assert ComponentRecord.objects.count() == 3
    assert "osales 3" in client.get(f"/{home.provider.pk}/today/").content.decode()


def test_the_day_to_keep_has_the_pages_of_today_and_is_read_on_record(
    home: Home, enter: Enter
) -> None:
    juta, (_referral,) = served(home)
    alone = make_person(home.provider, "X")
    kept = enter(juta).get(f"/{home.provider.pk}/today/offline.json")
    assert kept["Cache-Control"] == "no-store"
    told = kept.json()
    assert told["user"] == str(juta.pk)
    person = home.persons[0]
    form = told["pages"][f"/{home.provider.pk}/today/record/{person.pk}/"]
    sent = sent_of(form)
    assert sent["what"][0].startswith("hour:")
    assert str(alone.pk) not in kept.content.decode()
    event = Event.objects.get(name="web.day_to_keep")
    assert event.details["persons"] == [str(person.pk)]


def test_the_worker_and_the_shell_hold_nobodys_data(home: Home, enter: Enter) -> None:
    juta, _ = served(home)
    client = enter(juta)
    worker = client.get("/sw.js")
    assert worker["Content-Type"] == "text/javascript"
    assert "/static/web/offline.js" in worker.content.decode()
    shell = client.get("/offline/").content.decode()
    assert "Võrku ei ole" in shell
    assert juta.name not in shell
    assert str(juta.pk) not in shell
    assert "Saatmata kirjed" in client.get(f"/{home.provider.pk}/today/waiting/").content.decode()


def test_others_find_nothing_or_are_told_who_may(home: Home, enter: Enter) -> None:
    juta, (referral,) = served(home)
    (row,) = together(home, juta, hour(home, referral))
    person = home.persons[0]
    stranger = enter(make_user("Võõra Juht", "director", make_provider("Võõras OÜ")))
    rooms = ["", "group/", "waiting/", "offline.json", "chips/", f"record/{person.pk}/"]
    rooms += [f"records/{person.pk}/", f"mend/{row.pk}/"]
    for room in rooms:
        assert stranger.get(f"/{home.provider.pk}/today/{room}").status_code == 404, room
    auditor = enter(make_user("Aet Arve", "auditor", home.provider))
    assert auditor.get(f"/{home.provider.pk}/today/").status_code == 403
    other = make_user("Mati Muu", "activity_supervisor", home.provider)
    for room in (f"record/{person.pk}/", f"records/{person.pk}/", f"mend/{row.pk}/"):
        assert enter(other).get(f"/{home.provider.pk}/today/{room}").status_code == 404, room
    assert enter(other).get(f"/{home.provider.pk}/today/chips/?of={row.pk}").status_code == 403


@pytest.mark.parametrize("people", [1, 20])
def test_pages_ask_the_same_few_questions(home: Home, enter: Enter, people: int) -> None:
    juta, referrals = served(home, people)
    for referral in referrals:
        together(home, juta, hour(home, referral))
    client, base = enter(juta), f"/{home.provider.pk}/today/"
    person = home.persons[0]
    counts = {
        "today": queries(lambda: client.get(base)),
        "record": queries(lambda: client.get(f"{base}record/{person.pk}/")),
        "records": queries(lambda: client.get(f"{base}records/{person.pk}/")),
        "group": queries(lambda: client.get(f"{base}group/")),
    }
    page = f"{base}record/{person.pk}/"
    sent = sent_of(client.get(page).content.decode())
    counts["verdict"] = queries(lambda: client.post(f"{base}verdict/{person.pk}/", sent))
    counts["save"] = queries(lambda: client.post(page, sent))
    group = sent_of(client.get(f"{base}group/").content.decode())
    counts["group verdict"] = queries(lambda: client.post(f"{base}verdict/", group))
    counts["save group"] = queries(lambda: client.post(f"{base}group/", group))
    assert counts == {
        "today": 10,
        "record": 17,
        "records": 30,
        "group": 11,
        "verdict": 16,
        "save": 12,
        "group verdict": 17,
        "save group": 14,
    }
