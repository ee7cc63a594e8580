"""Inputs that are broken, cut off, huge or made to hurt: one clear message or record each, never a crash."""

import contextlib
import io
import json
import random
import time
import tracemalloc
import zipfile
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toneguide.errors import InputError, ToneguideError
from toneguide.posts import encoding, jsons
from toneguide.posts.encoding import detect_encoding
from toneguide.posts.read import open_posts
from toneguide.posts.source import file_source
from toneguide.posts.write import open_writer
from toneguide.posts.xml_text import _Cleaned

NAMES = ["a.csv", "a.tsv", "a.jsonl", "a.json", "a.txt", "a.md", "a.xlsx", "a.parquet", "a"]


def save(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read(path: Path) -> list[str | None]:
    return [post.text for post in open_posts(path)]


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    rows = [{"id": n, "text": f'Hyvää "päivää", numero {n}\nja toinen rivi 😀'} for n in range(50)]
    for suffix in (".csv", ".tsv", ".jsonl", ".parquet", ".xlsx"):
        with open_writer(folder / f"a{suffix}", ["id", "text"]) as writer:
            writer.write(rows)
    (folder / "a.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return {path.suffix: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".json"])
def test_cut_off_text_formats_lose_only_their_end(tmp_path, samples, suffix):
    whole = samples[suffix]
    found = list(open_posts(save(tmp_path, f"a{suffix}", whole[: len(whole) * 3 // 4 + 1])))
    good = [post for post in found if not post.problem]
    assert len(good) >= 35
    assert 1 <= len(found) - len(good) <= 2
    assert all(post.text is None for post in found if post.problem)


@pytest.mark.parametrize("suffix", [".parquet", ".xlsx"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_cut_off_binary_formats_say_so(tmp_path, samples, suffix, share):
    whole = samples[suffix]
    with pytest.raises(InputError, match=rf"a\{suffix}: "):
        open_posts(save(tmp_path, f"a{suffix}", whole[: int(len(whole) * share)]))


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".json", ".parquet", ".xlsx"])
def test_flipped_bytes_never_crash(tmp_path, samples, suffix):
    dice = random.Random(7)
    for _ in range(25):
        damaged = bytearray(samples[suffix])
        for _ in range(dice.randint(1, 20)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        with contextlib.suppress(ToneguideError):
            list(open_posts(save(tmp_path, f"a{suffix}", bytes(damaged))))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMES), content=st.binary(max_size=200))
def test_any_bytes_under_any_name(tmp_path, name, content):
    with contextlib.suppress(ToneguideError):
        list(open_posts(save(tmp_path, name, content)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMES), content=st.text('{}[]",:;\t\n\r\\ab|0', max_size=120))
def test_any_markup_under_any_name(tmp_path, name, content):
    with contextlib.suppress(ToneguideError):
        list(open_posts(save(tmp_path, name, content.encode())))


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.txt"])
def test_nuls_are_tolerated(tmp_path, name):
    content = {"a.csv": b"id,text\n1,mo\0i\n", "a.jsonl": b'{"text": "mo\0i"}\n', "a.json": b'[{"text": "mo\0i"}]', "a.txt": b"mo\0i\n"}[
        name
    ]
    assert read(save(tmp_path, name, content)) == ["moi"]
    assert read(save(tmp_path, name, content + b"\0" * 500))[0] == "moi"


def test_mixed_line_ends(tmp_path):
    assert read(save(tmp_path, "a.csv", b'id,text\r\n1,a\n2,b\r3,"c\rd\ne"\r\n')) == ["a", "b", "c\rd\ne"]


def test_two_byte_order_marks(tmp_path):
    assert open_posts(save(tmp_path, "a.csv", b"\xef\xbb\xbf\xef\xbb\xbftext,id\nmoi,1\n")).columns == ["text", "id"]


def test_odd_number_of_bytes_in_utf_16(tmp_path):
    assert read(save(tmp_path, "a.csv", "id\ttext\n1\tmoi\n2\thei".encode("utf-16")[:-1])) == ["moi", "he\ufffd"]


def test_separators_that_only_unicode_knows_do_not_cut_lines(tmp_path):
    assert read(save(tmp_path, "a.csv", "id,text\n1,a\u2028b\x85c\x0cd\n".encode())) == ["a\u2028b\x85c\x0cd"]
    assert read(save(tmp_path, "a.jsonl", '{"text": "a\u2028b"}\n'.encode())) == ["a\u2028b"]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json"])
def test_huge_text_is_a_problem_and_the_next_is_read(tmp_path, name):
    huge = "a " * 2_600_000
    content = {
        "a.csv": f'id,text\n1,"{huge}"\n2,moi\n',
        "a.jsonl": f'{{"text": "{huge}"}}\n{{"text": "moi"}}\n',
        "a.json": f'[{{"text": "{huge}"}},{{"text": "moi"}}]',
    }
    found = list(open_posts(save(tmp_path, name, content[name].encode())))
    assert [post.text for post in found] == [None, "moi"]
    assert "5,000,000" in found[0].problem


def test_endless_line_does_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(encoding, "LONGEST_LINE", 1_000)
    monkeypatch.setattr(jsons, "LONGEST_LINE", 1_000)
    content = '{"text": "' + "a" * 5_000 + '"}\n{"text": "moi"}\n'
    found = list(open_posts(save(tmp_path, "a.jsonl", content.encode())))
    assert [(post.line, post.text) for post in found] == [(1, None), (2, "moi")]


def test_quotes_that_swallow_again_and_again_stay_linear(tmp_path):
    path = save(tmp_path, "a.csv", b"id,text\n" + b'"x","\n' * 40_000)
    start = time.perf_counter()
    found = list(open_posts(path))
    assert time.perf_counter() - start < 5
    assert all(post.text is None or post.problem == "" for post in found)


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"a":' * 100_000, '[{"text": ' + "[" * 100_000 + "]" * 100_000 + '}, {"text": "moi"}]']
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_deep_nesting_is_told(tmp_path, name, content):
    path = save(tmp_path, name, content.encode())
    with contextlib.suppress(InputError):
        assert next(iter(open_posts(path))).problem


def test_number_with_ten_thousand_digits(tmp_path):
    found = list(open_posts(save(tmp_path, "a.jsonl", b'{"text": ' + b"9" * 10_000 + b'}\n{"text": "moi"}\n')))
    assert [post.text for post in found] == [None, "moi"]
    assert "digits" in found[0].problem


def test_array_with_a_quote_missing_goes_on_with_the_next_item(tmp_path):
    items = ",\n".join('{"text": "julkaisu"}' for _ in range(50))
    found = list(open_posts(save(tmp_path, "a.json", f'[{{"text": "rikki}},\n{items}]'.encode())))
    assert [post.problem != "" for post in found].count(True) == 1
    assert sum(post.text == "julkaisu" for post in found) >= 48


def test_array_of_things_that_are_no_objects(tmp_path):
    found = list(open_posts(save(tmp_path, "a.json", b'[{"text": "moi"}, 12, null, [1], true, {"text": "hei"}, 3.5]')))
    assert [post.text for post in found] == ["moi", None, None, None, None, "hei", None]


def test_parquet_damaged_inside_keeps_what_came_before(tmp_path):
    path = tmp_path / "a.parquet"
    rows = [f"julkaisu {n} {random.Random(n).random()}" for n in range(4_000)]
    pq.write_table(pa.table({"text": rows}), path, row_group_size=2_000, compression="zstd", use_dictionary=False)
    whole = bytearray(path.read_bytes())
    middle = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    whole[middle + 60 : middle + 200] = b"\xff" * 140
    found = list(open_posts(save(tmp_path, "b.parquet", bytes(whole))))
    assert [post.text for post in found[:2_000]] == rows[:2_000]
    assert found[-1].problem


def test_excel_with_a_cell_in_the_far_corner_is_refused_or_read(tmp_path):
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "text"])
        sheet.write_row(1, 0, [1, "moi"])
        sheet.write(1_048_575, 16_383, "far away")
    with pytest.raises(InputError, match="far"):
        open_posts(path)


@pytest.mark.parametrize(
    "magic",
    [
        b"%PDF-1.7\n%abc",
        b"{\\rtf1 hei}",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"\x7fELF" + bytes(60),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)
def test_other_kinds_of_files_are_named_as_such(tmp_path, magic):
    with pytest.raises(InputError, match=r"save it again|not a file of posts"):
        open_posts(save(tmp_path, "a.csv", magic))


def test_folder_that_loops_into_itself(tmp_path):
    save(tmp_path, "a.txt", b"moi\n")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert read(tmp_path) == ["moi"]


def test_file_that_vanishes_while_read_is_told(tmp_path):
    save(tmp_path, "a.csv", b"text\nmoi\n")
    gone = save(tmp_path, "b.csv", b"text\nhei\n")
    posts = open_posts(tmp_path)
    gone.unlink()
    found = list(posts)
    assert found[0].text == "moi"
    assert "b.csv" in found[1].problem


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.txt"])
def test_memory_stays_small_for_a_file_of_one_endless_line(tmp_path, name):
    item = '{"text": "julkaisu 😀 ja muuta"}'
    content = {"a.json": "[" + ",".join([item] * 150_000) + "]", "a.csv": "id,text\n" + "x" * 5_000_000, "a.txt": "x " * 2_500_000}[name]
    path = save(tmp_path, name, content.encode())
    del content
    tracemalloc.start()
    for _ in open_posts(path):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    items=st.lists(
        st.dictionaries(
            st.text(max_size=3), st.one_of(st.text('"\\\\[]{},ä\\n', max_size=9), st.integers(), st.none(), st.lists(st.text(max_size=2)))
        )
    ),
    size=st.integers(1, 40),
    indent=st.sampled_from([None, 1]),
)
def test_arrays_are_the_same_however_they_are_cut_into_pieces(tmp_path, items, size, indent):
    path = save(tmp_path, "a.json", json.dumps(items, indent=indent).encode())
    source = file_source(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsons, "_CHUNK", size)
        found = list(jsons.read_array(source, detect_encoding(source)))
    assert [item.value for item in found] == items
    assert not any(item.problem for item in found)


@given(text=st.text("&;#ampnbsxé<>", max_size=60), size=st.integers(1, 20))
def test_xml_is_cleaned_the_same_however_it_is_cut_into_pieces(text, size):
    whole = "".join(iter(partial(_Cleaned(io.StringIO(text)).read, 10_000), ""))
    pieces = "".join(iter(partial(_Cleaned(io.StringIO(text)).read, size), ""))
    assert pieces == whole


def test_array_item_beyond_all_measure_is_one_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(jsons, "LONGEST_LINE", 2_000)
    monkeypatch.setattr(jsons, "_CHUNK", 1_000)
    path = save(tmp_path, "a.json", ('[{"text": "' + "sana " * 3_000 + '"}, {"text": "moi"}, {"text": "hei"}]').encode())
    found = list(jsons.read_array(file_source(path), detect_encoding(file_source(path))))
    assert [item.value for item in found if not item.problem][-1] == {"text": "hei"}
    assert len(found) < 20


def test_quotes_inside_a_row_do_not_cost_the_rows_around_it(tmp_path):
    rows = [f"{n},rivi {n}" for n in range(30)]
    rows[10] = '10,"rivi 10'
    rows[20] = '20,"ri"vi" 20"'
    found = list(open_posts(save(tmp_path, "a.csv", "\n".join(["id,text", *rows]).encode())))
    assert len(found) == 30
    assert [post.line for post in found if post.problem] == [12]


def test_parquet_with_a_column_name_that_is_no_text(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["moi"]}), path)
    with pytest.raises(InputError, match="damaged"):
        open_posts(save(tmp_path, "b.parquet", path.read_bytes().replace(b"text", b"te\xfct")))


def test_zip_with_a_member_without_a_name(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), "text\nei\n")
        archive.writestr("a.csv", "text\nmoi\n")
    assert read(tmp_path / "a.zip") == ["moi"]
