"""In a real browser: the notebooks as people meet them, on loopback, with no request leaving the machine."""

from __future__ import annotations

import csv
import json
import re
import shutil
import statistics
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from places import CHROMIUM, FLAGS, SCREENSHOTS, TOKEN, Watch, free_port, jupyterlab, kill_kernel, serving, voila

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here; apt-get install chromium"),
    pytest.mark.skipif(find_spec("playwright") is None, reason="playwright is not installed; pip install toneguide[dev]"),
    pytest.mark.skipif(find_spec("anywidget") is None or find_spec("jupyterlab") is None, reason="pip install toneguide[lab]"),
]

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
MINUTE = 60_000
DRAFT = {
    "fi": "Hyödynnämme verkostojamme ja jalkautamme uuden mallin yhdessä.",
    "en": "We will leverage our network and move forward with new methods.",
}
SUGGESTED = {"fi": ("Hyödynnämme", "Käytämme"), "en": ("leverage", "use")}
# A browser on a machine with one busy core is slow to draw; what the issue asks is the time from key to meter.
SOON = 300


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder as `toneguide lab` makes it."""
    place = tmp_path_factory.mktemp("browser") / "lab"
    for language in ("fi", "en"):
        shutil.copytree(NOTEBOOKS / language, place / language, ignore=shutil.ignore_patterns("our-guide", "*.csv", ".ipynb_checkpoints"))
    return place


@pytest.fixture(scope="module")
def lab(folder: Path) -> Iterator[str]:
    port = free_port()
    with serving(jupyterlab(port, folder), port, f"/api?token={TOKEN}", folder.parent / "jupyterlab.log", folder) as address:
        yield address


@pytest.fixture
def page(chromium):
    """A page that must ask nobody but this machine, and complain of nothing."""
    context = chromium.new_context(viewport={"width": 1200, "height": 1400}, locale="fi-FI")
    opened = context.new_page()
    watch = Watch(opened)
    yield opened
    context.close()
    assert watch.elsewhere == []
    assert watch.errors == []


def open_notebook(page, lab: str, path: str) -> None:
    page.goto(f"{lab}/doc/tree/{path}?token={TOKEN}")
    page.wait_for_function(IDLE, timeout=2 * MINUTE)


def run_all(page) -> None:
    page.evaluate("async () => { await window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    page.wait_for_function(IDLE, timeout=3 * MINUTE)


def keep(page_or_part, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page_or_part.screenshot(path=SCREENSHOTS / f"{name}.png")


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def press(page, labeller, key: str) -> None:
    """A key, and the answer of the kernel to it."""
    page.keyboard.press(key)
    page.wait_for_function("() => document.querySelector('.tgw-labeller').getAttribute('aria-busy') === 'false'", timeout=MINUTE)


def type_draft(page, meter, text: str) -> list[int]:
    """Type as people do; delays from key to meter, measured where the meters were drawn."""
    meter.locator("textarea").click()
    delays = []
    for word in re.findall(r"\S+\s*", text):
        turn = int(meter.get_attribute("data-turn") or 0)
        page.keyboard.type(word, delay=30)
        page.wait_for_function(
            "turn => Number(document.querySelector('.tgw-meter').dataset.turn) > turn && document.querySelector('.tgw-meter').dataset.delay",
            arg=turn,
        )
        page.wait_for_function("() => document.querySelector('.tgw-meter').dataset.settled === 'true'")
        delays.append(int(meter.get_attribute("data-delay")))
    return delays


def meters(meter) -> dict[str, int]:
    bars = meter.get_by_role("meter").all()
    return {bar.get_attribute("aria-label"): int(bar.get_attribute("aria-valuenow")) for bar in bars}


def use_a_suggestion_and_take_it_back(page, meter, language: str) -> None:
    found, instead = SUGGESTED[language]
    draft = meter.locator("textarea")
    before = meters(meter)
    meter.get_by_role("button", name=re.compile(rf"\b{instead}\b")).first.click()
    page.wait_for_function("() => document.querySelector('.tgw-meter').dataset.settled === 'true'")
    assert draft.input_value() == DRAFT[language].replace(found, instead, 1)
    assert meters(meter) != before
    meter.locator(".tgw-buttons button").click()
    page.wait_for_function("() => document.querySelector('.tgw-meter').dataset.settled === 'true'")
    assert draft.input_value() == DRAFT[language]
    assert meters(meter) == before


class TestJupyterLab:
    def test_the_first_notebook_runs_from_top_to_bottom(self, page, lab: str) -> None:
        open_notebook(page, lab, "fi/01_first_scores.ipynb")
        run_all(page)
        page.locator(".tg .meter").first.wait_for(timeout=MINUTE)
        assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
        keep(page, "01_first_scores")

    def test_five_posts_labelled_by_keyboard_are_in_the_file_when_the_kernel_is_dead(self, page, lab: str, folder: Path) -> None:
        open_notebook(page, lab, "fi/04_label_your_posts.ipynb")
        run_all(page)
        labeller = page.locator(".tgw-labeller").first
        labeller.locator(".tgw-text").wait_for(timeout=MINUTE)
        labeller.locator(".tgw-post").focus()
        shown = []
        for corporate, warmth in ("42", "15", "33", "51", "24"):
            shown.append(labeller.locator(".tgw-text").inner_text())
            page.keyboard.press(corporate)
            page.keyboard.press(warmth)
            if len(shown) == 2:
                page.keyboard.press("Space")
            press(page, labeller, "Enter")
        keep(labeller, "04_labeller")
        kill_kernel(page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"))
        rows = rows_of(folder / "fi" / "examples.csv")
        assert [" ".join(row["text"].split()) for row in rows] == [" ".join(text.split()) for text in shown]
        assert [(row["corporate"], row["warmth"], row["rater"]) for row in rows] == [
            ("4", "2", "r1"), ("1", "5", "r1"), ("3", "3", "r1"), ("5", "1", "r1"), ("2", "4", "r1"),
        ]  # fmt: skip
        assert rows[1]["values"] == "Rohkeus"

    def test_backspace_takes_the_last_answer_out_of_the_file(self, page, lab: str, folder: Path) -> None:
        open_notebook(page, lab, "en/04_label_your_posts.ipynb")
        run_all(page)
        labeller = page.locator(".tgw-labeller").first
        labeller.locator(".tgw-text").wait_for(timeout=MINUTE)
        labeller.locator(".tgw-post").focus()
        for key in "425":
            page.keyboard.press(key)
        press(page, labeller, "Enter")
        page.keyboard.press("1")
        for _ in range(2):
            press(page, labeller, "Backspace")
        labeller.locator(".tgw-said", has_text="Taken back").wait_for()
        [row] = rows_of(folder / "en" / "examples.csv")
        assert (row["corporate"], row["warmth"]) == ("4", "")

    @pytest.mark.parametrize("language", ["fi", "en"])
    def test_a_draft_moves_meters_within_a_blink_and_leaves_no_trace(self, page, lab: str, folder: Path, language: str) -> None:
        path = f"{language}/07_coach_your_people.ipynb"
        open_notebook(page, lab, path)
        run_all(page)
        meter = page.locator(".tgw-meter")
        page.wait_for_function("() => document.querySelector('.tgw-meter')?.dataset.ready", timeout=MINUTE)
        delays = type_draft(page, meter, DRAFT[language])
        assert statistics.median(delays) < SOON
        assert meter.locator(".tgw-back mark").count() > 0
        meter.get_by_role("button", name=re.compile(SUGGESTED[language][1])).first.wait_for(timeout=MINUTE)
        keep(meter, f"07_draft_meter_{language}")
        use_a_suggestion_and_take_it_back(page, meter, language)
        page.evaluate("() => { document.body.dataset.jpThemeLight = 'false'; }")
        keep(meter, f"07_draft_meter_{language}_dark")
        page.evaluate("async () => { await window.jupyterapp.commands.execute('docmanager:save'); }")
        page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty", timeout=MINUTE)
        assert leaks(folder.parent, DRAFT[language]) == []
        (SCREENSHOTS / f"delays_{language}.json").write_text(json.dumps(delays), encoding="utf-8")

    def test_disagreeing_puts_the_draft_on_the_list_and_says_so(self, page, lab: str, folder: Path) -> None:
        open_notebook(page, lab, "fi/07_coach_your_people.ipynb")
        run_all(page)
        page.wait_for_function("() => document.querySelector('.tgw-meter')?.dataset.ready", timeout=MINUTE)
        meter = page.locator(".tgw-meter")
        text = "Oivallinen synergia syntyi, kun panostimme ja hyödynsimme."
        type_draft(page, meter, text)
        meter.get_by_role("button", name=re.compile("Olen eri mieltä")).first.click()
        meter.locator(".tgw-said", has_text="to_label.csv").wait_for()
        assert [row["text"] for row in rows_of(folder / "fi" / "to_label.csv")] == [text]


def leaks(place: Path, draft: str) -> list[str]:
    """Files below a folder that hold a typed draft: notebooks, logs, histories, settings."""
    wanted = (draft.encode(), json.dumps(draft).strip('"').encode())
    files = [path for path in place.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(text in path.read_bytes() for text in wanted)]


@pytest.mark.skipif(find_spec("voila") is None, reason="voila is not installed; pip install toneguide[app]")
def test_voila_shows_the_coach_as_a_page_without_code(chromium, folder: Path) -> None:
    port = free_port()
    context = chromium.new_context(viewport={"width": 1200, "height": 1400})
    page = context.new_page()
    # The page of Voila asks a CDN for the style sheet of icons it does not need; it gets none.
    page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
    notebook = folder / "fi" / "07_coach_your_people.ipynb"
    with serving(voila(port, notebook), port, "/voila/static/voila.js", folder.parent / "voila.log", folder) as address:
        page.goto(address, timeout=3 * MINUTE)
        page.wait_for_function("() => document.querySelector('.tgw-meter')?.dataset.ready", timeout=3 * MINUTE)
        meter = page.locator(".tgw-meter")
        type_draft(page, meter, DRAFT["fi"])
        use_a_suggestion_and_take_it_back(page, meter, "fi")
        assert page.get_by_text("apply_edits, use_language").count() == 0
        keep(page, "07_voila")
    context.close()
