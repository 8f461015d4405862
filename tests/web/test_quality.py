"""Quality: rounds, judging, improvements, complaints, years, criteria; who sees what."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import TODAY, make_user
from tests.quality.test_rounds import PACK, PERIOD, Room
from tugiplaan.accounts.access import User
from tugiplaan.quality import actions
from tugiplaan.quality.actions import NewComplaint, NewImprovement
from tugiplaan.quality.models import Assessor, Closing, Complaint, CriteriaPack, Improvement, Round
from tugiplaan.quality.queries import Level, latest_scores

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
LATER = TODAY + timedelta(days=30)


def at(room: Room, path: str = "") -> str:
    return f"/{room.provider.pk}/quality/{path}"


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_director_finds_the_room_in_the_navigation(enter: Enter) -> None:
    room = Room()
    for role, sees in (("director", True), ("service_manager", True), ("accountant", False)):
        user = make_user(f"Keegi {role}", role, room.provider)
        links = text_of(enter(user).get(f"/{room.provider.pk}/people/"))
        assert (f'href="{at(room)}"' in links) is sees


def test_a_round_is_begun_with_its_team_judged_and_closed(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    begin = {"first_day": "2026-01-01", "last_day": "2026-06-01", "place": "", "pack": ""}
    answer = client.post(at(room, "new/"), begin)
    round_ = Round.objects.get(first_day=date(2026, 1, 1), last_day=date(2026, 6, 1))
    assert answer["Location"] == at(room, f"{round_.pk}/")
    member = {"name": "Mari Aru", "perspective": "family", "user": ""}
    client.post(at(room, f"{round_.pk}/team/"), member)
    assert [one.name for one in round_.team.all()] == ["Mari Aru"]
    first = {"level_1_1": "AP", "note_1_1": "Kaldtee on järsk."}
    answer = client.post(at(room, f"{round_.pk}/judge/1.1/"), first)
    assert answer["Location"] == at(room, f"{round_.pk}/judge/1.2/")
    shown = text_of(client.get(at(room, f"{round_.pk}/")))
    assert "Kaldtee on järsk." in shown
    assert "29 on veel hindamata" in shown
    assert f'href="{at(room, f"{round_.pk}/judge/1.2/")}"' in shown
    refused = client.post(at(room, f"{round_.pk}/close/"), {"conclusion": "Hea."})
    assert refused.status_code == 422
    assert "Hindamata on 29" in text_of(refused)
    assert "Hea.</textarea>" in text_of(refused)
    room.round = round_
    room.judge_all(Level.PART)
    client.post(at(room, f"{round_.pk}/close/"), {"conclusion": "Hea kodu."})
    assert Closing.objects.get().conclusion == "Hea kodu."
    shown = text_of(client.get(at(room, f"{round_.pk}/")))
    assert "Lõpetatud 15.06.2026" in shown
    assert "Lisa hindaja" not in shown


def test_a_theme_is_judged_after_its_standards_and_the_walk_goes_on(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    shown = text_of(client.get(at(room, f"{room.round.pk}/judge/1/")))
    assert "Standardite tasemetest seda ei arvutata" in shown
    answer = client.post(at(room, f"{room.round.pk}/judge/1/"), {"level_1": "AF"})
    assert answer["Location"] == at(room, f"{room.round.pk}/judge/2.1/")
    answer = client.post(at(room, f"{room.round.pk}/judge/5/"), {"level_5": "AF"})
    assert answer["Location"] == at(room, f"{room.round.pk}/")
    assert set(latest_scores(room.round)) == {"1", "5"}
    refused = client.post(at(room, f"{room.round.pk}/judge/5/"), {"level_5": "XX"})
    assert refused.status_code == 422
    for number in ("9", "1.9", "1.1.1", "x"):
        assert client.get(at(room, f"{room.round.pk}/judge/{number}/")).status_code == 404


def test_a_closed_round_is_read_and_no_form_is_shown(enter: Enter) -> None:
    room = Room()
    member = room.join()
    room.judge_all()
    room.close()
    client = enter(room.manager)
    shown = text_of(client.get(at(room, f"{room.round.pk}/judge/1.1/")))
    assert "Salvesta ja edasi" not in shown
    refused = client.post(at(room, f"{room.round.pk}/judge/1.1/"), {"level_1_1": "NI"})
    assert refused.status_code == 422
    assert "enam ei muudeta" in text_of(refused)
    client.post(at(room, f"{room.round.pk}/team/{member.pk}/leave/"))
    assert Assessor.objects.exists()


def test_somebody_leaves_the_team(enter: Enter) -> None:
    room = Room()
    member = room.join()
    answer = enter(room.manager).post(at(room, f"{room.round.pk}/team/{member.pk}/leave/"))
    assert answer["Location"] == at(room, f"{room.round.pk}/")
    assert not Assessor.objects.exists()


def test_an_auditor_reads_and_writes_nothing(enter: Enter) -> None:
    room = Room()
    client = enter(make_user("Aadu Audiitor", "auditor", room.provider))
    for path in ("", "years/", "improvements/", f"{room.round.pk}/"):
        assert client.get(at(room, path)).status_code == 200
    assert "Alusta hindamist" not in text_of(client.get(at(room)))
    shown = text_of(client.get(at(room, f"{room.round.pk}/judge/1.1/")))
    assert "Salvesta ja edasi" not in shown
    answer = client.post(at(room, f"{room.round.pk}/judge/1.1/"), {"level_1_1": "NI"})
    assert answer.status_code == 403
    for path in ("new/", "complaints/", "complaints/new/", "criteria/"):
        assert client.get(at(room, path)).status_code == 403
    assert latest_scores(room.round) == {}


def test_of_another_provider_nothing_is_there(enter: Enter) -> None:
    room, other = Room(), Room("Kalle Kask")
    row = actions.record_complaint(
        provider_id=other.provider.pk,
        new=NewComplaint(TODAY, "Lärm", answer_by=LATER),
        by=other.manager,
        on=TODAY,
    )
    client = enter(room.manager)
    for path in (f"{other.round.pk}/", f"{other.round.pk}/judge/1/", f"{other.round.pk}/close/",
                 f"{other.round.pk}/team/", f"complaints/{row.pk}/"):  # fmt: skip
        assert client.get(at(room, path)).status_code == 404
        assert client.post(at(room, path)).status_code in {404, 405}
    assert client.get(at(other)).status_code == 404


def test_who_reaches_one_place_only_sees_no_quality_of_the_house(enter: Enter) -> None:
    from tests.referrals.rows import make_place

    room = Room()
    place = make_place(room.provider, "K1")
    user = make_user("Koha Juht", "service_manager", room.provider, place=place)
    assert enter(user).get(at(room)).status_code == 403


def test_an_improvement_is_planned_from_a_standard_and_ended(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    asked = client.get(at(room, f"improvements/new/?round={room.round.pk}&number=4.2"))
    assert '<option value="4.2" selected>' in text_of(asked)
    given = {
        "what": "Teeme vaikse toa.",
        "owner": "Malle Maa",
        "due_on": "2026-06-01",
        "number": "4.2",
        "round": str(room.round.pk),
    }
    refused = client.post(at(room, "improvements/new/"), given)
    assert refused.status_code == 422
    assert "möödas" in text_of(refused)
    assert "Teeme vaikse toa." in text_of(refused)
    answer = client.post(at(room, "improvements/new/"), given | {"due_on": "2026-07-01"})
    assert answer["Location"] == at(room, f"{room.round.pk}/")
    row = Improvement.objects.get()
    assert "Teeme vaikse toa." in text_of(client.get(at(room, f"{room.round.pk}/judge/4.2/")))
    page = at(room, f"improvements/{row.pk}/")
    assert client.post(page, {"end": "done", "outcome": ""}).status_code == 422
    client.post(page, {"end": "done", "outcome": "Tuba on valmis."})
    assert "Tuba on valmis." in text_of(client.get(page))
    assert Improvement.objects.get().state == "done"


def test_a_complaint_without_a_name_is_recorded_and_answered(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    given = {"received_on": "2026-06-10", "about": "Öösel on lärm.", "complainant": "",
             "place": "", "answer_by": ""}  # fmt: skip
    refused = client.post(at(room, "complaints/new/"), given)
    assert refused.status_code == 422
    assert "mis päevaks vastate" in text_of(refused)
    assert "Öösel on lärm." in text_of(refused)
    client.post(at(room, "complaints/term/"), {"days": "14"})
    client.post(at(room, "complaints/new/"), given)
    row = Complaint.objects.get()
    assert row.answer_by == date(2026, 6, 24)
    shown = text_of(client.get(at(room, "complaints/")))
    assert "1 kaebus ootab vastust" in shown
    assert "nimetu" in shown
    answered = {"answered_on": "2026-06-15", "outcome": "partly", "answer": "Uks sai õlitatud."}
    client.post(at(room, f"complaints/{row.pk}/"), answered)
    shown = text_of(client.get(at(room, f"complaints/{row.pk}/")))
    assert "Uks sai õlitatud." in shown
    assert "osaliselt põhjendatud" in shown
    refused = client.post(at(room, f"complaints/{row.pk}/"), answered)
    assert refused.status_code == 422
    assert "vastatud juba" in text_of(refused)


def test_criteria_are_brought_as_a_file(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    wrong = SimpleUploadedFile("x.yaml", PACK.replace(b"1.1.1", b"1.9.1"))
    refused = client.post(at(room, "criteria/"), {"file": wrong})
    assert refused.status_code == 422
    assert "criteria[2].number: standardit 1.9 ei ole" in text_of(refused)
    client.post(at(room, "criteria/"), {"file": SimpleUploadedFile("x.yaml", PACK)})
    assert "Asutuse enda tekst" in text_of(client.get(at(room, "criteria/")))
    pack = CriteriaPack.objects.get()
    begin = {"first_day": "2026-01-01", "last_day": "2026-06-01", "pack": str(pack.pk)}
    answer = client.post(at(room, "new/"), begin)
    judge = f"{answer['Location']}judge/1.1/"
    assert "1.1.1 Uksest pääseb ratastooliga." in text_of(client.get(judge))
    client.post(judge, {"level_1_1_1": "AF", "level_1_1_2": "NA", "level_1_1": "AF"})
    round_ = Round.objects.get(pack=pack)
    assert set(latest_scores(round_)) == {"1.1", "1.1.1", "1.1.2"}


def test_years_stand_beside_one_another_and_go_along_as_a_file(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    assert "Siia tuleb võrdlus" in text_of(client.get(at(room, "years/")))
    room.join()
    room.judge_all(Level.PART)
    room.close()
    shown = text_of(client.get(at(room, "years/")))
    assert "31.05.2026: täielikult saavutatud 0, osaliselt 25, alustamata 0." in shown
    assert "<svg" in shown
    answer = client.get(at(room, "years/?file=csv"))
    assert "A/P" in answer.content.decode("utf-8-sig")
    assert "<svg" in text_of(client.get(at(room, "years/?place=x")))


@pytest.mark.parametrize("rows", [1, 20])
def test_pages_ask_few_queries_however_much_there_is(
    enter: Enter, rows: int, django_assert_max_num_queries: Any
) -> None:
    room = Room()
    client = enter(room.manager)
    for number in range(rows):
        room.join(f"Nimi {number}")
        actions.start_round(provider_id=room.provider.pk, new=PERIOD, **room.who)
        new = NewImprovement("Tuba", "Malle", LATER, "4.2", room.round.pk)
        actions.plan_improvement(provider_id=room.provider.pk, new=new, **room.who)
        complaint = NewComplaint(TODAY, "Lärm", answer_by=LATER)
        actions.record_complaint(provider_id=room.provider.pk, new=complaint, **room.who)
    for path, most in (("", 10), ("improvements/", 10), ("complaints/", 10), ("years/", 10),
                       (f"{room.round.pk}/", 20), (f"{room.round.pk}/judge/4.2/", 20)):  # fmt: skip
        with django_assert_max_num_queries(most):
            assert client.get(at(room, path)).status_code == 200
