"""Labels: read with care, appended so that nothing is ever lost."""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguide.calibrate.labels import COLUMNS, Label, add_label, add_labels, read_labels, remove_label, text_key, write_labels
from toneguide.errors import InputError

POST = 'Kiitos, "kaikki"; oli hauskaa!\nNähdään taas, ja tuo kahvia.'


@pytest.fixture
def path(tmp_path):
    return tmp_path / "examples.csv"


def test_a_label_comes_back_as_it_was_given(path):
    label = Label(POST, "fi", "linkedin", 2.0, 4.5, ("Rohkeus", "Yhdessä"), "r1", "2026-11-21")
    add_label(path, label)
    assert read_labels(path).labels == [label]


def test_the_file_format_is_fixed(path):
    add_label(path, Label("Hei, kaikki", "fi", "x", 1, 5, ("A", "B"), "r1", "2026-11-21"))
    assert (
        path.read_bytes()
        == codecs.BOM_UTF8 + b'text,language,channel,corporate,warmth,values,rater,date\r\n"Hei, kaikki",fi,x,1,5,A; B,r1,2026-11-21\r\n'
    )


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1).filter(lambda t: t.strip()))
def test_any_text_survives_between_two_others(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("labels") / "examples.csv"
    for one in ("Ensimmäinen, ja hyvä.", text, "Kolmas; kaikkein paras."):
        add_label(path, Label(one, warmth=3, rater="r1"))
    found = read_labels(path)
    assert (found.problems, len(found)) == ([], 3)
    assert text_key(found.labels[1].text) == text_key(text)


def test_appending_leaves_what_is_there_byte_for_byte(path):
    add_label(path, Label("Yksi", warmth=1))
    before = path.read_bytes()
    add_label(path, Label("Kaksi", warmth=2))
    assert path.read_bytes().startswith(before)


def test_a_last_line_left_open_is_closed_first(path):
    path.write_text(f"{','.join(COLUMNS)}\nYksi,fi,,1,1,,r1,", encoding="utf-8")
    add_label(path, Label("Kaksi", warmth=2))
    assert [label.text for label in read_labels(path)] == ["Yksi", "Kaksi"]


def test_a_file_of_another_shape_keeps_its_columns_and_rows(path):
    path.write_bytes("Teksti;Lämpö;Muistiinpano;Arvioija\nHei teille kaikille;4;hyvä; Maija\n".encode("cp1252"))
    add_label(path, Label("Toinen postaus tässä", warmth=2, rater="Liisa"))
    found = read_labels(path)
    assert [(label.text, label.warmth, label.rater) for label in found] == [
        ("Hei teille kaikille", 4.0, "Maija"),
        ("Toinen postaus tässä", 2.0, "Liisa"),
    ]
    assert "Muistiinpano" in path.read_text(encoding="utf-8-sig").splitlines()[0]


@pytest.mark.parametrize("columns", ["teksti,korporaatiokieli,lämpö,arvioija,kieli", "Text,Corporate,Warmth,Rater,Language"])
def test_finnish_and_english_column_names_are_understood(path, columns):
    path.write_text(f"{columns}\nHei vaan kaikille,2,5,M,suomi\n", encoding="utf-8")
    assert read_labels(path).labels == [Label("Hei vaan kaikille", "fi", corporate=2.0, warmth=5.0, rater="M")]


@pytest.mark.parametrize(("cell", "rating"), [("4", 4.0), (" 4.0 ", 4.0), ('"3,5"', 3.5), ("", None), ("-", None), ("?", None)])
def test_ratings_are_read_as_people_write_them(path, cell, rating):
    path.write_text(f"text,warmth\nHei vaan kaikille,{cell}\n", encoding="utf-8")
    assert read_labels(path).labels[0].warmth == rating


@pytest.mark.parametrize("cell", ["0", "6", "hyvä", "-1", "inf", "4-5"])
def test_a_rating_that_is_none_is_told_with_its_line_and_the_others_stay(path, cell):
    path.write_text(f"text,warmth\nHei vaan kaikille,2\nToinen juttu,{cell}\n", encoding="utf-8")
    found = read_labels(path)
    assert [label.warmth for label in found] == [2.0]
    assert len(found.problems) == 1
    assert f"line 3: warmth is '{cell}'; ratings go from 1 to 5" in found.problems[0]


def test_a_file_without_ratings_is_refused_with_its_columns(path):
    path.write_text("text,mood\nHei,4\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column 'corporate', 'warmth' or 'values'; the columns are 'text', 'mood'"):
        read_labels(path)


@pytest.mark.parametrize(
    ("ratings", "hint"), [("0123401234", r"0-4\? Then add 1"), ("0101010101", r"0-1\? Then multiply"), ("1287654321", "go from 1 to 8")]
)
def test_a_file_on_another_scale_is_refused_whole(path, ratings, hint):
    path.write_text("text,warmth\n" + "".join(f"Postaus numero {i},{r}\n" for i, r in enumerate(ratings)), encoding="utf-8")
    with pytest.raises(InputError, match=hint):
        read_labels(path)


def test_a_slip_among_thirty_ratings_is_no_other_scale(path):
    path.write_text("text,warmth\n" + "".join(f"Postaus numero {i},{min(i, 3)}\n" for i in range(30)), encoding="utf-8")
    found = read_labels(path)
    assert (len(found), len(found.problems)) == (29, 1)


def test_a_column_of_short_names_is_not_taken_for_posts(path):
    path.write_text("id,language,warmth\np001,fi,4\np002,fi,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"no column with posts: 'id' holds 'p001'.*--text"):
        read_labels(path)
    assert len(read_labels(path, text="id")) == 2


def test_what_was_not_understood_of_a_file_is_kept_track_of(path):
    path.write_text("text,Korporaatio,Lämpö,Arvioijan nimi,mood\nHei vaan kaikille,2,5,M,4\n", encoding="utf-8")
    found = read_labels(path)
    assert found.labels == [Label("Hei vaan kaikille", corporate=2.0, warmth=5.0, rater="M")]
    assert found.unused == ["mood"]


def test_rows_without_a_rating_are_not_added(path):
    assert add_labels(path, [Label("Hei", "fi"), Label("Moi", "fi", warmth=3), Label("Terve", "fi", values=("Rohkeus",))]) == 2
    assert [label.text for label in read_labels(path)] == ["Moi", "Terve"]


def test_two_peoples_ratings_without_names_are_not_mixed(path):
    add_labels(path, [Label("Hei", "fi", warmth=3), Label("Moi", "fi", warmth=1)])
    before = path.read_bytes()
    with pytest.raises(InputError, match="--rater"):
        add_labels(path, [Label("Moi", "fi", warmth=5)])
    assert path.read_bytes() == before
    assert add_labels(path, [Label("Moi", "fi", warmth=5, rater="b"), Label("Hei", "fi", corporate=2)]) == 2


def test_a_missing_file_is_an_error_unless_it_may_be_missing(path):
    with pytest.raises(InputError, match="no such file"):
        read_labels(path)
    assert len(read_labels(path, missing_ok=True)) == 0


def test_a_rating_out_of_range_cannot_be_made():
    with pytest.raises(ValueError, match="ratings go from 1 to 5"):
        Label("Hei", warmth=0.5)


def test_removing_takes_one_raters_label_or_all_of_a_post(path):
    write_labels(path, [Label(POST, warmth=1, rater="a"), Label(POST, warmth=2, rater="b"), Label("Muu postaus", warmth=3, rater="a")])
    assert remove_label(path, f"  {POST} ", "a") == 1
    assert [label.rater for label in read_labels(path)] == ["b", "a"]
    assert remove_label(path, POST) == 1
    assert [label.text for label in read_labels(path)] == ["Muu postaus"]
    assert remove_label(path, POST) == 0


def test_removing_from_no_file_removes_nothing(path):
    assert remove_label(path, "Hei") == 0
    assert not path.exists()


def test_writers_at_the_same_time_lose_nothing(path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: add_label(path, Label(f"Postaus numero {i}", warmth=3, rater=f"r{i}")), range(40)))
    assert sorted(label.rater for label in read_labels(path)) == sorted(f"r{i}" for i in range(40))


def test_a_lock_left_by_a_dead_process_is_taken_over(path):
    lock = path.parent / ".examples.csv.lock"
    lock.touch()
    os.utime(lock, (time.time() - 600,) * 2)
    add_label(path, Label("Hei", warmth=3))
    assert len(read_labels(path)) == 1
    assert not lock.exists()


def test_nothing_is_left_beside_the_file(path):
    add_label(path, Label("Hei", warmth=3))
    remove_label(path, "Hei")
    assert [p.name for p in path.parent.iterdir()] == ["examples.csv"]


def test_a_label_survives_being_killed_right_after(path):
    code = (
        "import os, signal, sys\nfrom toneguide.calibrate.labels import Label, add_label\n"
        "for i in range(3): add_label(sys.argv[1], Label(f'Postaus {i} on tässä', warmth=3))\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60)
    assert len(read_labels(path)) == 3
