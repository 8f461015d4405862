"""Bringing in hours from a table and a packed month folder, and taking the folder out."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests.cast import make_person, make_provider, make_user
from tests.plans.room import make_worker
from tests.referrals.rows import close_month, make_referral
from tugiplaan.accounts.access import User
from tugiplaan.audit.queries import events_of, faults
from tugiplaan.delivery.models import ComponentRecord, HourRecord
from tugiplaan.interoperability import folder_zip
from tugiplaan.people.models import Person
from tugiplaan.providers.models import Provider
from tugiplaan.sample import generate

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]

HEADER = "Kuupäev;Inimene;Teenus;Algus;Minutid;Töötaja;Tegevus\n"
GOOD = "04.05.2026;Mari Maasikas P1;IET;9:30;45;T1;vestlus\n5.5.2026;P1;;;60;Töötaja T1;\n"
BAD = (
    "31.2.2026;P1;IET;;45;T1;\n"
    "6.5.2026;Keegi Muu;;;45;T1;\n"
    "6.5.2026;P1;TTT;;45;T1;\n"
    "6.5.2026;P1;IET;;0;T9;\n"
    "1.7.2026;P1;IET;;45;T1;\n"
)


class Desk:
    """A manager who brings hours in for one person with one service."""

    def __init__(self, enter: Enter) -> None:
        self.provider = make_provider(registry_code="10137319")
        self.person = make_person(self.provider, "P1")
        self.referral = make_referral(self.person, "S1", service="IET")
        make_worker(self.provider)
        self.manager = make_user("Mati Mets", "director", self.provider)
        self.client = enter(self.manager)
        self.url = f"/{self.provider.pk}/setup/hours/"

    def paste(self, rows: str) -> Any:
        return self.client.post(self.url, {"pasted": HEADER + rows})

    def again(self, answer: Any, **more: str) -> Any:
        """Send the page as it is, with a button."""
        text = answer.content.decode()
        table = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", text, re.DOTALL)
        assert table
        chosen = re.findall(r'<select id="(column-\d+)".*?</select>', text, re.DOTALL)
        told = {"table": html.unescape(table[1])}
        for name in chosen:
            found = re.search(rf'<select id="{name}".*?value="(\w+)" selected', text, re.DOTALL)
            block = re.search(rf'<select id="{name}".*?</select>', text, re.DOTALL)
            assert block
            found = re.search(r'value="(\w+)" selected', block[0])
            told[name] = found[1] if found else ""
        return self.client.post(self.url, told | more)


@pytest.fixture
def desk(enter: Enter) -> Desk:
    return Desk(enter)


def test_good_rows_are_looked_through_then_stored_and_twice_adds_nothing(desk: Desk) -> None:
    before = events_of(desk.provider.pk).count()
    looked = desk.paste(GOOD)
    text = looked.content.decode()
    assert looked.status_code == 200
    assert "Uusi: 2. Juba olemas: 0. Vigaseid: 0." in text
    assert "Salvesta 2 kirjet" in text
    assert (HourRecord.objects.count(), events_of(desk.provider.pk).count()) == (0, before)
    assert desk.again(looked, wish="all").status_code == 302
    rows = HourRecord.objects.order_by("day")
    assert [(row.day.day, row.start, row.minutes, row.activity) for row in rows] == [
        (4, 570, 45, "vestlus"),
        (5, None, 60, ""),
    ]
    again = desk.paste(GOOD)
    assert "Uusi: 0. Juba olemas: 2." in again.content.decode()
    refused = desk.again(again, wish="all")
    assert refused.status_code == 422
    assert "kõik head read on juba kirjas" in refused.content.decode()
    assert HourRecord.objects.count() == 2
    assert list(faults()) == []


def test_each_bad_row_says_what_is_wrong_and_only_the_good_are_stored_when_asked(
    desk: Desk,
) -> None:
    looked = desk.paste(GOOD + BAD)
    text = looked.content.decode()
    assert "Vigaseid: 5." in text
    for said in (
        "Veerg „Kuupäev“: leitud „31.2.2026“, oodatakse päeva",
        "Veerg „Inimene“: leitud „Keegi Muu“, oodatakse sinu inimese nime",
        "Veerg „Teenus“: leitud „TTT“, oodatakse suunamist",
        "Veerg „Minuteid“: leitud „0“",
        "Veerg „Töötaja“: leitud „T9“",
        "päeva, mis ei ole tulevikus",
    ):
        assert said in text
    assert "Salvesta ainult head read (2)" in text
    refused = desk.again(looked, wish="all")
    assert "Ridu, milles on viga: 5." in refused.content.decode()
    assert HourRecord.objects.count() == 0
    assert desk.again(looked, wish="good").status_code == 302
    assert HourRecord.objects.count() == 2


def test_the_user_chooses_the_columns_anew(desk: Desk) -> None:
    header = "Kuupäev;Kes;Kelle juures;Kaua\n"
    looked = desk.client.post(desk.url, {"pasted": f"{header}4.5.2026;T1;P1;45\n"})
    assert looked.status_code == 422
    assert "Vaja on" in looked.content.decode()
    chosen = {"column-1": "worker", "column-2": "person", "column-3": "minutes"}
    looked = desk.again(looked, **chosen)
    assert "Uusi: 1." in looked.content.decode()
    twice = desk.again(looked, **{"column-2": "worker"})
    assert "valitud kaks korda" in twice.content.decode()


def test_a_code_of_a_row_is_kept_and_may_not_come_with_other_content(desk: Desk) -> None:
    header = "record;day;person;minutes;worker\n"
    first = desk.client.post(desk.url, {"pasted": f"{header}R1;4.5.2026;P1;45;T1\n"})
    desk.again(first, wish="all")
    assert HourRecord.objects.get().code == "R1"
    other = desk.client.post(desk.url, {"pasted": f"{header}R1;4.5.2026;P1;50;T1\n"})
    assert "teise sisuga" in other.content.decode()
    twice = desk.client.post(desk.url, {"pasted": f"{header};6.5.2026;P1;45;T1\n" * 2})
    assert "Vigaseid: 2" in twice.content.decode()
    assert HourRecord.objects.count() == 1


def test_the_same_row_twice_in_a_table_is_told(desk: Desk) -> None:
    text = desk.paste("4.5.2026;P1;;;45;T1;\n4.5.2026;P1;;;45;T1;\n").content.decode()
    assert "ei korda rida 2" in text
    assert "Uusi: 1." in text


def test_component_hours_and_formulas_in_text_are_only_text(desk: Desk) -> None:
    header = "day,person,component,funder,minutes,worker,activity\n"
    row = '4.5.2026,P1,B1,75014920,30,T1,"=HYPERLINK(""http://x"")<script>"\n'
    looked = desk.client.post(desk.url, {"pasted": header + row})
    assert "<script>&quot;" not in looked.content.decode()
    assert desk.again(looked, wish="all").status_code == 302
    held = ComponentRecord.objects.get()
    assert (held.component, held.funder, held.activity[:1]) == ("B1", "75014920", "=")


def test_a_closed_month_refuses_and_an_invoiced_one_asks_why(desk: Desk) -> None:
    close_month(desk.provider, 202605, "closed")
    assert "kuu 05.2026 on suletud" in desk.paste(GOOD).content.decode()
    close_month(desk.provider, 202605, "issued")
    looked = desk.paste(GOOD)
    assert "on juba arveldatud" in looked.content.decode()
    refused = desk.again(looked, wish="all")
    assert refused.status_code == 422
    assert HourRecord.objects.count() == 0
    assert desk.again(looked, wish="all", why="tabel leiti üles").status_code == 302
    assert HourRecord.objects.count() == 2


def test_nobody_records_for_people_of_others(desk: Desk, enter: Enter) -> None:
    other = make_user("Juta Muu", "activity_supervisor", desk.provider)
    client = enter(other)
    answer = client.post(desk.url, {"pasted": HEADER + GOOD})
    assert "Vigaseid: 2." in answer.content.decode()
    assert (
        enter(make_user("Aet Arve", "accountant", desk.provider)).get(desk.url).status_code == 403
    )
    stranger = enter(make_user("Võõras", "director", make_provider("Teine OÜ")))
    assert stranger.post(desk.url, {"pasted": HEADER + GOOD}).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"p\xe4ev;kes\n1;2", "UTF-8"),
        ("a.xlsx", b"PK\x03\x04rest", "loetav .xlsx"),
        ("a.csv", b"x" * 6_000_000, "suurem kui"),
    ],
)
def test_files_that_cannot_be_read_are_refused_kindly(
    desk: Desk, name: str, data: bytes, said: str
) -> None:
    answer = desk.client.post(desk.url, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Vali fail või kleebi read" in desk.client.post(desk.url, {}).content.decode()


def test_the_template_comes_back_as_a_table(desk: Desk) -> None:
    answer = desk.client.get(f"{desk.url}template.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    headings = [cell.value for cell in book.worksheets[0][1]]
    assert headings[:2] == ["Kuupäev", "Inimene"]
    text = desk.client.get(f"{desk.url}template.csv").content.decode("utf-8-sig")
    assert text.split(";")[0] == "Kuupäev"


def test_as_many_rows_ask_no_more_questions(
    desk: Desk, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for count in (1, 20):
        rows = "".join(f"{n + 1}.5.2026;P1;;;{45 + n};T1;\n" for n in range(count))
        with django_assert_max_num_queries(62):
            assert desk.paste(rows).status_code == 200


def _pack(folder: Path, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, f"kuu/{path.name}")
        for name, data in more.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    generate(persons=8, seed=3, month=(2026, 5), out=tmp_path / "kuu")
    contract = tmp_path / "kuu" / "contract.toml"
    text = re.sub(
        r'registry_code = "[^"]*"',
        'registry_code = "10137319"',
        contract.read_text("utf-8"),
        count=1,
    )
    contract.write_text(text, "utf-8")
    return tmp_path / "kuu"


def _send(desk: Desk, data: bytes, **more: str) -> Any:
    given = {"month": "2026-05", "file": SimpleUploadedFile("kuu.zip", data), **more}
    return desk.client.post(f"/{desk.provider.pk}/setup/folder/", given)


def test_a_folder_is_looked_through_then_kept_and_goes_out_again(desk: Desk, packed: Path) -> None:
    people = Person.objects.count()
    looked = _send(desk, _pack(packed))
    assert looked.status_code == 200
    text = looked.content.decode()
    assert "midagi ei ole veel salvestatud" in text
    assert Person.objects.count() == people
    held = re.search(r'name="packed" value="([^"]+)"', text)
    assert held
    told = {"month": "2026-05", "packed": held[1], "keep": "1"}
    assert desk.client.post(f"/{desk.provider.pk}/setup/folder/", told).status_code == 302
    assert Person.objects.count() == people + 8
    assert Provider.objects.filter(registry_code="10137319").count() == 1
    out = desk.client.post(f"/{desk.provider.pk}/setup/folder/export/", {"export-month": "2026-05"})
    assert out["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(out.content)) as archive:
        assert {"contract.toml", "persons.csv"} <= set(archive.namelist())
    assert events_of(desk.provider.pk)[0].name == "interoperability.export"
    assert list(faults()) == []


def test_bad_rows_of_a_folder_are_all_told(desk: Desk, packed: Path) -> None:
    persons = packed / "persons.csv"
    persons.write_text(persons.read_text("utf-8") + "P99,,Eesnimi,,2026-13-01,\n", "utf-8")
    answer = _send(desk, _pack(packed))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "persons.csv, rida 10" in text
    assert "2 viga" in text


def test_a_folder_of_another_provider_or_with_strange_files_is_refused(
    desk: Desk, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = packed / "contract.toml"
    assert "mida kuu kaustas ei ole" in _send(desk, _pack(packed, kuri_exe=b"x")).content.decode()
    assert "ei ole loetav ZIP" in _send(desk, b"PK\x03\x04 no").content.decode()
    monkeypatch.setattr(folder_zip, "MOST_UNPACKED", 100)
    assert "liiga suur" in _send(desk, _pack(packed)).content.decode()
    monkeypatch.undo()
    text = contract.read_text("utf-8").replace("10137319", "12345678")
    contract.write_text(text, "utf-8")
    assert "ei ole selle asutuse registrikood" in _send(desk, _pack(packed)).content.decode()
    contract.unlink()
    assert "ei ole faili contract.toml" in _send(desk, _pack(packed)).content.decode()
    assert Person.objects.count() == 1
    assert "Kirjuta kuu" in _send(desk, b"x", month="mai").content.decode()


def test_nothing_is_written_outside_the_folder(desk: Desk, packed: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in packed.iterdir():
            archive.write(path, f"../../../../{tmp_path}/out/{path.name}")
    assert _send(desk, out.getvalue()).status_code == 200
    assert not (tmp_path / "out").exists()
