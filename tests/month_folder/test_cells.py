"""The values of a column by their text."""

import pytest

from tugiplaan.month_folder import cells
from tugiplaan.month_folder.cells import Converter


def test_a_text_is_read_once() -> None:
    read: list[str] = []

    def parse(text: str) -> str:
        read.append(text)
        return text.upper()

    column = Converter(parse, cells.TEXT, is_required=False)
    assert [column[text] for text in ("a", " a", "a", " a", "", "")] == ["A", "A", "A", "A", "", ""]
    assert read == ["a", "a"]
    assert column.is_padded
    unique = Converter(parse, cells.UNIQUE_CODE, is_required=True)
    assert [unique["b"], unique["b"]] == ["B", "B"]
    assert not unique
    assert not unique.is_padded


def test_free_text_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Converter, "_MOST", 3)
    column = Converter(str, cells.TEXT, is_required=False)
    for at in range(10):
        assert column[f"text {at}"] == f"text {at}"
        assert len(column) <= 3


def test_a_bad_text_is_bad_each_time() -> None:
    column = Converter(cells.DATE.parse, cells.DATE, is_required=True)
    for text in ("x", "x", "", " "):
        with pytest.raises(ValueError, match=r"^(x| ?)$"):
            column[text]
