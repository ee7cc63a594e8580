"""Lexicons: what an entry matches, and what a broken line says."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

import pytest

from toneguide.errors import ToneguideError
from toneguide.language.words import WordType
from toneguide.lexicons.lexicon import Lexicon, load_lexicon, parse_entries
from toneguide.model.train import layer_one


def lexicon_of(*lines: str, language: str = "fi") -> Lexicon:
    return Lexicon(list(parse_entries(list(lines), "test", "test.txt")), language)


@pytest.fixture
def matches(fast, analyse):
    """Entries of a small lexicon that a text hits, in text order."""

    def find(lines: list[str], text: str, language: str = "fi") -> list[str]:
        lexicon = lexicon_of(*lines, language=language)
        shape = (len(lexicon), 2)
        base = layer_one(language)
        model = replace(base, lexicon=lexicon, entry_weights=base.entry_weights[: shape[0]] * 0 + 1.0, _tables={})
        parts = [
            part
            for part in model.parts(analyse(text, language))
            if part.kind != "signal" and part.dimension == "warmth" and part.name == "test"
        ]
        return [part.text for part in parts]

    return find


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        ("kumppanuus", "Kumppanuudella on väliä.", ["Kumppanuudella"]),
        ("=kumppanuus", "Kumppanuudella on väliä.", []),
        ("=kumppanuus", "Kumppanuus on tärkeä.", ["Kumppanuus"]),
        ("-pinta", "Asiakasrajapintaa rakennetaan.", ["Asiakasrajapintaa"]),
        ("-pinta", "Pintaa rakennetaan.", []),
        ("asiakas-", "Asiakasrajapintaa rakennetaan.", ["Asiakasrajapintaa"]),
        ("asiakas-", "Asiakas soitti.", []),
        ("kuusi/VERB", "Kaunis kuusi kaatui.", []),
        ("ottaa ... haltuun", "Otamme koneen haltuun.", ["Otamme … haltuun"]),
        ("ottaa ... haltuun", "Otamme haltuun koneen.", ["Otamme haltuun"]),
        ("ottaa ... haltuun", "Otamme sen uuden ison vanhan koneen haltuun.", []),
        ("ottaa ... haltuun", "Otamme koneen. Haltuun jää.", []),
        ("=hyvää =yötä", "Hyvää yötä kaikille!", ["Hyvää yötä"]),
        ("=hyvää =yötä", "Hyvää uutta yötä!", []),
    ],
)
def test_what_an_entry_matches(matches, entry, text, found):
    assert matches([f"{entry}\t0\t1"], text) == found


def test_the_form_comes_before_the_lemma_and_the_lemma_before_a_part(matches):
    lines = ["=asiakaskumppanuutta\t0\t3", "asiakaskumppanuus\t0\t2", "asiakas-\t0\t1"]
    word = WordType("asiakaskumppanuutta", "asiakaskumppanuus", "NOUN", ("asiakas", "kumppanuus"), shape="Lower")
    lexicon = lexicon_of(*lines)
    assert [lexicon.entries[n].warmth for n in lexicon.of_type(word)] == [3]
    assert [lexicon.entries[n].warmth for n in lexicon.of_type(replace(word, form="asiakaskumppanuus"))] == [2]
    assert [lexicon.entries[n].warmth for n in lexicon.of_type(replace(word, form="x", lemma="x"))] == [1]


def test_the_longest_phrase_wins_and_none_overlap(matches):
    lines = ["=hyvää =yötä\t0\t1", "=hyvää =yötä =kaikille\t0\t1", "=kaikille =hyvää\t0\t1"]
    assert matches(lines, "Hyvää yötä kaikille hyvää toivottaen.") == ["Hyvää yötä kaikille"]


def test_a_phrase_takes_the_place_of_its_words(matches):
    assert matches(["=hyvää =yötä\t0\t1", "yö\t0\t1"], "Hyvää yötä, yö!") == ["Hyvää yötä", "yö"]


def test_a_name_hits_nothing():
    lexicon = lexicon_of("toivo\t0\t2")
    assert lexicon.of_type(WordType("Toivo", "Toivo", "PROPN", ("Toivo",), shape="Title")) == []
    assert lexicon.of_type(WordType("toivo", "toivo", "NOUN", ("toivo",), shape="Lower")) == [0]


def test_contractions_in_entries_are_cut_as_in_posts(matches):
    assert matches(["=don't =worry\t0\t2"], "Please don’t worry.", "en") == ["don’t worry"]


def test_comments_and_blank_lines_are_passed_over():
    assert [entry.text for entry in parse_entries(["# note", "", "  ", "#tag\t0\t1", "a b\t1\t-1"], "c", "c.txt")] == ["#tag", "a b"]


@pytest.mark.parametrize(
    "line", ["kumppanuus", "kumppanuus\t2", "kumppanuus\tx\t1", "kumppanuus\t4\t0", "kumppanuus\t0\t-4", "kumppanuus 2 1"]
)
def test_a_broken_line_is_named(line):
    with pytest.raises(ToneguideError, match=r"jargon\.txt, line 2: "):
        list(parse_entries(["# note", line], "jargon", "jargon.txt"))


@pytest.mark.parametrize("language", ["fi", "en"])
def test_shipped_lists_have_no_entry_twice_and_every_strength_in_range(language):
    lexicon = load_lexicon(language)
    assert len(lexicon) > 5000
    keys = [(entry.elements, entry.pos) for entry in lexicon.entries]
    assert len(keys) == len(set(keys))
    assert all(abs(entry.corporate) <= 3 and abs(entry.warmth) <= 3 for entry in lexicon.entries)


@pytest.mark.parametrize("language", ["fi", "en"])
def test_no_list_has_a_line_twice(language):
    for path in (resources.files("toneguide.lexicons") / language).iterdir():
        entries = [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]
        twice = {entry for entry in entries if entries.count(entry) > 1} if len(entries) != len(set(entries)) else set()
        assert not twice, path.name


def test_fingerprint_changes_with_any_strength():
    one, other = lexicon_of("a\t0\t1"), lexicon_of("a\t0\t2")
    assert one.fingerprint() != other.fingerprint()
    assert one.fingerprint() == lexicon_of("a\t0\t1").fingerprint()
