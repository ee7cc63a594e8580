"""The language of the interface."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import toneguide
from toneguide.interface import interface_language, tr, use_language

HOUSE = Path(toneguide.__file__).parent
FOLDER = HOUSE / "data" / "locale" / "fi" / "LC_MESSAGES"


@pytest.fixture(autouse=True)
def _chosen_language():
    yield
    use_language(None)


def finnish() -> dict[str, str]:
    with (FOLDER / "toneguide.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def spoken() -> set[str]:
    """Messages in the code, as they stand there."""
    calls = re.compile(r"""\btr\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)""")
    found = set()
    for path in HOUSE.rglob("*.py"):
        for call in calls.findall(path.read_text(encoding="utf-8")):
            found.add("".join(eval(piece) for piece in re.findall(r'"(?:[^"\\]|\\.)*"', call)))
    return found


def test_every_message_in_the_code_has_finnish_words():
    assert sorted(spoken() - {"{n} posts"} - set(finnish())) == []


def test_a_translation_keeps_its_fields():
    fields = re.compile(r"\{(\w+)")
    wrong = [m for m, words in finnish().items() if set(fields.findall(m)) != set(fields.findall(words)) or not words.strip()]
    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one():
    with (FOLDER / "toneguide.mo").open("rb") as file:
        assert {str(m.id): str(m.string) for m in read_mo(file) if m.id} == finnish(), "run poe catalogue"


def test_words_come_in_the_chosen_language():
    use_language("fi")
    assert tr("warmth") == "lämpö"
    use_language("en")
    assert tr("warmth") == "warmth"


def test_the_environment_decides_where_nobody_chose(monkeypatch):
    monkeypatch.setenv("LC_ALL", "fi_FI.UTF-8")
    monkeypatch.delenv("TONEGUIDE_LANGUAGE", raising=False)
    assert interface_language() == "fi"
    monkeypatch.setenv("TONEGUIDE_LANGUAGE", "en")
    assert interface_language() == "en"


def test_another_language_is_refused_with_the_choice():
    with pytest.raises(ValueError, match="choose one of fi, en"):
        use_language("sv")
