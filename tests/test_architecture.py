"""The house rules that no linter knows: sizes, one rounding, no number of the law in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from tugiplaan.rules.tables import builtin_rates

_ROOT = Path(__file__).parent.parent
_SOURCES = sorted((_ROOT / "src").rglob("*.py"))
_TESTS = sorted((_ROOT / "tests").rglob("*.py"))
_RULES = [path for path in _SOURCES if "rules" in path.parts]

_LONGEST_SOURCE = 400
_LONGEST_TEST = 600
_LONGEST_FUNCTION = 50
_MOST_PARAMETERS = 5


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def _named(path: Path) -> str:
    return str(path.relative_to(_ROOT))


def test_a_source_file_is_one_room() -> None:
    long = {_named(path): len(path.read_text("utf-8").splitlines()) for path in _SOURCES}
    assert {name: lines for name, lines in long.items() if lines > _LONGEST_SOURCE} == {}


def test_a_test_file_can_be_read_in_one_go() -> None:
    long = {_named(path): len(path.read_text("utf-8").splitlines()) for path in _TESTS}
    assert {name: lines for name, lines in long.items() if lines > _LONGEST_TEST} == {}


def test_a_function_fits_on_a_screen() -> None:
    long = {
        f"{_named(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in _SOURCES
        for function in _functions(path)
    }
    assert {name: lines for name, lines in long.items() if lines > _LONGEST_FUNCTION} == {}


def test_a_function_takes_few_arguments() -> None:
    many = {
        f"{_named(path)}:{function.name}"
        for path in _SOURCES
        if "cli" not in path.parts
        for function in _functions(path)
        if len(function.args.args)
        + len(function.args.kwonlyargs)
        - ("self" in {one.arg for one in function.args.args})
        > _MOST_PARAMETERS
    }
    assert many == set()


@pytest.mark.parametrize("path", _RULES, ids=_named)
def test_no_amount_of_the_law_stands_in_a_rule(path: Path) -> None:
    amounts = {str(row.value) for row in builtin_rates() if row.value > 100}
    tree = ast.parse(path.read_text("utf-8"))
    numbers = {
        str(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }
    assert numbers & amounts == set()
    assert numbers & {"0.95", "0.65", "0.15", "23", "122", "183", "2280"} == set()


@pytest.mark.parametrize("path", _RULES, ids=_named)
def test_a_rule_counts_exactly(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\bfloat\(|\bround\(", text)
    if path.name not in {"money.py", "explanation.py"}:
        assert "quantize" not in text


@pytest.mark.parametrize("path", _RULES, ids=_named)
def test_every_public_rule_has_a_docstring(path: Path) -> None:
    bare = {
        function.name
        for function in _functions(path)
        if not function.name.startswith("_")
        and not ast.get_docstring(function)
        and not any(isinstance(one, ast.Name | ast.Attribute) for one in function.decorator_list)
        and len(function.body) > 3
    }
    assert bare == set()


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((_ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_app_touches_only_its_own_tables() -> None:
    graph = grimp.build_graph("tugiplaan")
    strangers = {
        f"{importer} -> {tables}"
        for tables in graph.find_matching_modules("tugiplaan.*.models")
        for importer in graph.find_modules_that_directly_import(tables)
        if importer.split(".")[1] not in {tables.split(".")[1], "backoffice"}
    }
    assert strangers == set()
