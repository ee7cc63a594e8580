"""Notebooks as files: whether nbval will run and compare them is decided by what is kept in them."""

from __future__ import annotations

import importlib
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "notebooks"
NAMES = sorted(path.name for path in (ROOT / "fi").glob("*.ipynb"))
NOTEBOOKS = [(language, name) for language in ("fi", "en") for name in NAMES]
COMPARED = "nbval-check-output"
LONGEST_CELL = 9
MOST_CELLS = 39
LARGEST_COMPARED = 200
OUR_OWN_NAMES = {
    "IPython.display",
    "pandas",
    "textwrap",
    "toneguide",
    "toneguide.calibrate",
    "toneguide.lab",
    "toneguide.report",
    "toneguide.widgets",
}
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|tmp|usr|work|private|Users|opt|var)/|[A-Za-z]:\\\\Users|site-packages|file://")


def read(language: str, name: str) -> dict:
    return json.loads((ROOT / language / name).read_text(encoding="utf-8"))


def code_cells(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def is_compared(cell: dict) -> bool:
    return COMPARED in cell["metadata"].get("tags", [])


def test_there_are_eight_notebooks_in_both_languages() -> None:
    assert [name[:3] for name in NAMES] == [f"0{n}_" for n in range(1, 9)]
    assert sorted(path.name for path in (ROOT / "en").glob("*.ipynb")) == NAMES


@pytest.mark.parametrize(("language", "name"), NOTEBOOKS)
class TestNotebook:
    def test_format_has_cell_ids_that_differ(self, language: str, name: str) -> None:
        notebook = read(language, name)
        ids = [cell["id"] for cell in notebook["cells"]]
        assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
        assert len(set(ids)) == len(ids)

    def test_was_run_from_top_to_bottom_in_a_fresh_kernel(self, language: str, name: str) -> None:
        counts = [cell["execution_count"] for cell in code_cells(read(language, name))]
        assert counts == list(range(1, len(counts) + 1))

    def test_a_compared_cell_is_there_and_has_one_small_text_output(self, language: str, name: str) -> None:
        compared = [cell for cell in code_cells(read(language, name)) if is_compared(cell)]
        assert compared
        for cell in compared:
            (output,) = cell["outputs"]
            shown = output.get("text") or output["data"]["text/plain"]
            assert output["output_type"] == "stream" or list(output["data"]) == ["text/plain"]
            assert 0 < len("".join(shown)) <= LARGEST_COMPARED

    def test_nothing_went_wrong_or_was_warned_of(self, language: str, name: str) -> None:
        outputs = [output for cell in code_cells(read(language, name)) for output in cell["outputs"]]
        assert [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"] == []

    def test_kept_outputs_hold_no_live_widget_and_no_widget_state(self, language: str, name: str) -> None:
        notebook = read(language, name)
        kinds = {kind for cell in code_cells(notebook) for output in cell["outputs"] for kind in output.get("data", {})}
        assert "application/vnd.jupyter.widget-view+json" not in kinds
        assert "widgets" not in notebook["metadata"]

    def test_no_output_shows_a_path_of_this_machine(self, language: str, name: str) -> None:
        for cell in code_cells(read(language, name)):
            assert not MACHINE_PATH.search(json.dumps(cell["outputs"], ensure_ascii=False)), source(cell)

    def test_is_short_and_its_cells_are(self, language: str, name: str) -> None:
        notebook = read(language, name)
        assert len(notebook["cells"]) <= MOST_CELLS
        assert [source(cell) for cell in code_cells(notebook) if len(source(cell).splitlines()) > LONGEST_CELL] == []

    def test_prose_stands_before_every_code_cell_and_at_both_ends(self, language: str, name: str) -> None:
        cells = read(language, name)["cells"]
        kinds = [cell["cell_type"] for cell in cells]
        assert kinds[0] == kinds[-1] == "markdown"
        assert not any(pair == ("code", "code") for pair in pairwise(kinds))
        assert "?" in source(cells[0]).splitlines()[0], "a notebook opens with the question it answers"

    def test_imports_only_the_public_package_and_pandas(self, language: str, name: str) -> None:
        code = "\n".join(source(cell) for cell in code_cells(read(language, name)))
        assert set(re.findall(r"^(?:from|import) (\S+)", code, re.MULTILINE)) <= OUR_OWN_NAMES

    def test_calls_only_names_that_are_public(self, language: str, name: str) -> None:
        code = "\n".join(source(cell) for cell in code_cells(read(language, name)))
        for module, imported in re.findall(r"^from (toneguide\S*) import (.+)$", code, re.MULTILINE):
            public = {*importlib.import_module(module).__all__}
            assert {one.strip() for one in imported.split(",")} <= public, module

    def test_ends_with_what_to_do_on_posts_of_ones_own(self, language: str, name: str) -> None:
        last = source(read(language, name)["cells"][-1])
        assert {"fi": "## Nyt om", "en": "## Now "}[language] in last


@pytest.mark.parametrize("name", NAMES)
def test_code_is_the_same_in_both_languages_but_for_the_first_cell(name: str) -> None:
    finnish, english = ([(source(cell), is_compared(cell)) for cell in code_cells(read(language, name))] for language in ("fi", "en"))
    assert finnish[0] == ('LANGUAGE = "fi"', False)
    assert english[0] == ('LANGUAGE = "en"', False)
    assert finnish[1:] == english[1:]


@pytest.mark.parametrize("name", NAMES)
def test_prose_is_written_for_each_language(name: str) -> None:
    finnish, english = ({source(c) for c in read(language, name)["cells"] if c["cell_type"] == "markdown"} for language in ("fi", "en"))
    assert finnish.isdisjoint(english)


def test_the_readme_names_every_notebook() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in readme] == []
