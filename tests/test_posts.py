"""Reading: every format in its variants, the text column, folders and standard input."""

import datetime
import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toneguide.errors import InputError
from toneguide.posts.read import open_posts, open_source
from toneguide.posts.source import stdin_source
from toneguide.posts.write import open_writer


@pytest.fixture
def save(tmp_path):
    def write(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def texts(path: Path, **options: str) -> list[str | None]:
    return [post.text for post in open_posts(path, **options)]


def problems(path: Path) -> list[int]:
    return [post.line for post in open_posts(path) if post.problem]


# CSV


@pytest.mark.parametrize(("delimiter", "told"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_delimiter_is_found(save, delimiter, told):
    path = save("a.csv", f"id{delimiter}text\n1{delimiter}Moi, kaikki; hei | jee\n".replace(f"{delimiter} ", " "))
    posts = open_posts(path)
    assert told in posts.described
    assert posts.columns == ["id", "text"]
    assert [post.problem for post in posts] == [""]


def test_described_says_format_delimiter_encoding_and_column(save):
    path = save("sample.csv", "id;Teksti\n1;Hyvää päivää\n", "cp1252")
    assert open_posts(path).described == "sample.csv: CSV, semicolons, cp1252, text in 'Teksti'"


def test_newlines_and_quotes_inside_a_cell_survive(save):
    path = save("a.csv", 'id,text\r\n1,"Eka rivi\r\ntoka ""rivi"", joo"\r\n2,x y\r\n')
    posts = list(open_posts(path))
    assert [post.text for post in posts] == ['Eka rivi\r\ntoka "rivi", joo', "x y"]
    assert [post.line for post in posts] == [2, 4]


def test_fields_keep_their_order_and_spelling(save):
    path = save("a.csv", "Päivä,text,ID\n1.1.,moi,007\n")
    (post,) = open_posts(path)
    assert list(post.fields.items()) == [("Päivä", "1.1."), ("text", "moi"), ("ID", "007")]


def test_half_row_and_wide_row_are_reported_and_the_rest_is_read(save):
    path = save("a.csv", "id,text,date\n1,yksi,d\n2,kaksi\n3,kolme, neljä,d\n4,viisi,d\n5,ku")
    assert texts(path) == ["yksi", None, None, "viisi", None]
    assert problems(path) == [3, 4, 6]


def test_empty_cells_beyond_the_header_are_no_problem(save):
    path = save("a.csv", "id,text,,\n1,yksi,,\n2,kaksi,,,\n")
    assert open_posts(path).columns == ["id", "text"]
    assert texts(path) == ["yksi", "kaksi"]


def test_a_quote_that_never_closes_costs_one_row(save):
    path = save("a.csv", 'id,text\n1,yksi\n2,"kaksi\n3,kolme\n4,neljä\n')
    assert texts(path) == ["yksi", None, "kolme", "neljä"]


def test_two_stray_quotes_do_not_merge_rows(save):
    path = save("a.csv", 'id,text\n1,"yksi\n2,"kaksi"\n3,kolme\n')
    assert texts(path) == [None, "kaksi", "kolme"]


def test_a_quote_inside_a_quoted_cell_is_read_leniently(save):
    assert texts(save("a.csv", 'id,text\n1,"hän sanoi "moi" ja lähti"\n')) == ['hän sanoi moi" ja lähti"']


def test_backslash_escapes_are_found(save):
    path = save("a.csv", 'id,text\n1,"hän sanoi \\"moi, taas\\" ja lähti"\n2,selvä\n')
    assert texts(path) == ['hän sanoi "moi, taas" ja lähti', "selvä"]


def test_tsv_quotes_may_be_literal(save):
    assert texts(save("a.tsv", 'id\ttext\n1\t"Moi" sanoi hän\n2\t"alku vain\n3\tjoo\n')) == ['"Moi" sanoi hän', '"alku vain', "joo"]


def test_one_column_with_commas_in_its_posts(save):
    assert texts(save("a.csv", 'text\nHei, maailma\n"Lainattu, posti"\n')) == ["Hei, maailma", "Lainattu, posti"]


def test_notes_before_the_header_are_skipped(save):
    path = save("a.csv", 'Notes:\n"When exporting, some data may be missing"\n\nDate,Link,Message\n2024,x,Hyvin tehty\n')
    (post,) = open_posts(path)
    assert (post.text, post.line) == ("Hyvin tehty", 5)


def test_excel_separator_line_is_obeyed(save):
    path = save("a.csv", "sep=|\nid|text\n1|a, b; c\n")
    assert texts(path) == ["a, b; c"]
    assert next(iter(open_posts(path))).line == 3


def test_a_file_of_posts_without_header_keeps_its_first_post(save):
    long = "Tämä on pitkä julkaisu eikä suinkaan sarakkeen nimi, " * 4
    posts = open_posts(save("a.csv", f'1;"{long}"\n2;"{long}"\n'))
    assert posts.columns == ["column 1", "column 2"]
    assert len(list(posts)) == 2


def test_repeated_and_empty_column_names_are_told_apart(save):
    assert open_posts(save("a.csv", "text,,text\na,b,c\n")).columns == ["text", "column 2", "text (2)"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(save, end):
    assert texts(save("a.csv", end.join(["id,text", "1,yksi", "2,kaksi", ""]))) == ["yksi", "kaksi"]


# JSON


def test_json_lines_with_broken_lines(save):
    path = save("a.jsonl", '{"id": 1, "text": "yksi"}\n{"id": 2, "tex\n\n[1]\n"x"\n{"text": "kaksi", "extra": true}\n{"text": "kol')
    posts = open_posts(path)
    assert posts.columns == ["id", "text", "extra"]
    assert texts(path) == ["yksi", None, None, None, "kaksi", None]
    assert problems(path) == [2, 4, 5, 7]


def test_json_array_with_a_broken_item_and_a_cut_end(save):
    path = save("a.json", '[{"text": "yksi"},\n{"text": "ka" "ksi"},\n{"text": "kolme"},\n{"text": "nel')
    assert texts(path) == ["yksi", None, "kolme", None]
    assert problems(path) == [2, 4]


def test_json_array_longer_than_what_is_read_at_once(save):
    items = [{"n": n, "text": f"julkaisu {n} " * 40} for n in range(2_000)]
    path = save("a.json", json.dumps(items))
    posts = list(open_posts(path))
    assert [post.fields for post in posts] == items


def test_json_array_lines_count_from_the_file(save):
    path = save("a.json", json.dumps([{"text": "yksi"}, {"text": "kaksi"}], indent=1))
    assert [post.line for post in open_posts(path)] == [2, 5]


def test_json_array_of_strings(save):
    assert texts(save("a.json", '["yksi", "kaksi"]')) == ["yksi", "kaksi"]


def test_json_object_that_holds_a_list(save):
    posts = open_posts(save("a.json", '{"exported": 1, "posts": [{"text": "yksi"}, {"text": "kaksi"}]}'))
    assert "'posts'" in posts.described
    assert [post.text for post in posts] == ["yksi", "kaksi"]


def test_json_object_that_is_the_post(save):
    assert texts(save("a.json", '{\n "text": "yksi",\n "tags": ["a"]\n}')) == ["yksi"]


def test_json_is_found_by_content_not_by_name(save):
    assert texts(save("a.txt", '{"text": "yksi"}\n{"text": "kaksi"}\n')) == ["yksi", "kaksi"]
    assert texts(save("b.csv", '[{"text": "yksi"}]')) == ["yksi"]
    assert texts(save("c.json", '{"text": "yksi"}\n{"text": "kaksi"}\n')) == ["yksi", "kaksi"]


def test_values_that_are_no_strings_are_passed_on(save):
    path = save("a.jsonl", '{"text": null}\n{"text": 3}\n{"text": true}\n{"text": 1.5}\n{}\n{"text": "a b"}\n')
    assert texts(path) == [None, "3", "True", "1.5", None, "a b"]
    assert not problems(path)


def test_lone_surrogates_are_replaced_and_pairs_joined(save):
    path = save("a.jsonl", '{"text": "a\\ud800b"}\n{"text": "\\ud83d\\ude00"}\n')
    assert texts(path) == ["a\ufffdb", "😀"]


# Parquet, Excel


def test_parquet_rows(tmp_path):
    path = tmp_path / "a.parquet"
    day = datetime.datetime(2024, 5, 1, 12, 0, 0, 123456)
    when = pa.array([day, None], pa.timestamp("us")).cast(pa.timestamp("ns"))
    pq.write_table(pa.table({"id": [1, 2], "teksti": ["Moi kaikki", None], "when": when}), path)
    posts = list(open_posts(path))
    assert [post.text for post in posts] == ["Moi kaikki", None]
    assert posts[0].fields == {"id": 1, "teksti": "Moi kaikki", "when": day}
    assert [post.line for post in posts] == [1, 2]


def test_parquet_text_as_bytes_is_decoded(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": pa.array(["hyvää".encode(), b"\xff"], pa.binary())}), path)
    assert texts(path) == ["hyvää", "\ufffd"]


def test_folder_of_parquet_parts(tmp_path):
    folder = tmp_path / "out.parquet"
    folder.mkdir()
    for part in (10, 2, 1):
        pq.write_table(pa.table({"text": [f"osa {part}"]}), folder / f"part-{part}.parquet")
    (folder / "_SUCCESS").write_bytes(b"")
    (folder / ".part-1.parquet.crc").write_bytes(b"crc")
    assert texts(folder) == ["osa 1", "osa 2", "osa 10"]


def workbook(path: Path, sheets: dict[str, dict[int, list[object]]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, cells in rows.items():
                sheet.write_row(number, 0, cells)
    return path


def test_excel_takes_the_first_sheet_with_a_text_column(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"info": {0: ["about", "us"]}, "data": {2: ["id", "Julkaisu"], 3: [7, "Moi"], 6: [1.5, "Hei"]}})
    posts = open_posts(path)
    assert "'data'" in posts.described
    assert [(post.line, post.fields) for post in posts] == [(4, {"id": 7, "Julkaisu": "Moi"}), (7, {"id": 1.5, "Julkaisu": "Hei"})]


def test_excel_title_above_the_header_is_skipped(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"s": {0: ["Our best posts"], 2: ["id", "text"], 3: [1, "Moi"]}})
    assert texts(path) == ["Moi"]


def test_excel_sheet_is_chosen_by_the_column_asked_for(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"a": {0: ["text", "n"], 1: ["x", 1]}, "b": {0: ["draft", "n"], 1: ["Luonnos", 1]}})
    assert texts(path, text="draft") == ["Luonnos"]


def test_excel_without_rows_is_no_error(tmp_path):
    assert list(open_posts(workbook(tmp_path / "a.xlsx", {"a": {}}))) == []


# Plain text


def test_text_with_blank_lines_is_blocks(save):
    path = save("a.txt", "\n\nEka\njatkuu\n \nToka\n\n\n")
    assert texts(path) == ["Eka\njatkuu", "Toka"]
    assert [post.line for post in open_posts(path)] == [3, 6]
    assert "block" in open_posts(path).described


def test_text_without_blank_lines_is_lines(save):
    path = save("a.txt", "Eka\r\nToka\r\n")
    assert texts(path) == ["Eka", "Toka"]
    assert "one post a line" in open_posts(path).described


def test_prose_with_commas_is_not_taken_for_a_table(save):
    assert texts(save("a.txt", "Hei, maailma\nMoi, kaikki\n")) == ["Hei, maailma", "Moi, kaikki"]


def test_table_in_a_txt_file_is_found(save):
    assert texts(save("a.txt", "id\ttext\n1\tyksi\n2\tkaksi\n")) == ["yksi", "kaksi"]


def test_markdown_is_one_post(save):
    posts = open_posts(save("a.md", "# Otsikko\n\nTeksti.\n"))
    assert [post.text for post in posts] == ["# Otsikko\n\nTeksti."]
    assert "whole file" in posts.described


# Encodings


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "cp1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.txt"])
def test_encodings_of_every_text_format(save, encoding, label, name):
    content = {
        "a.csv": "id\ttext\n1\tHyvää yötä – “öhöm”\n",
        "a.jsonl": '{"text": "Hyvää yötä – “öhöm”"}\n',
        "a.json": '[{"text": "Hyvää yötä – “öhöm”"}]',
        "a.txt": "Hyvää yötä – “öhöm”",
    }
    posts = open_posts(save(name, content[name], encoding))
    assert [post.text for post in posts] == ["Hyvää yötä – “öhöm”"]
    assert posts.columns[-1] == "text"
    assert label in posts.described


def test_stray_byte_after_a_megabyte_does_not_break_the_others(save):
    rows = "".join(f"{n};hyvää päivää\n" for n in range(60_000)).encode()
    path = save("a.csv", b"id;text\n" + rows + b"x;p\xe4iv\xe4\n")
    posts = open_posts(path)
    found = list(posts)
    assert "2 stray bytes" in posts.described
    assert (found[0].text, found[-1].text) == ("hyvää päivää", "päivä")


def test_ascii_start_and_cp1252_much_later(save):
    path = save("a.csv", b"id;text\n" + b"1;hei\n" * 200_000 + "2;hyvää\n".encode("cp1252"))
    posts = open_posts(path)
    assert "cp1252" in posts.described
    last = [post.text for post in posts][-1]
    assert last == "hyvää"


# The text column


@pytest.mark.parametrize(
    "name", ["Text", "TEKSTI", "Post", "Päivitys", "sisältö", "Kuvateksti", "full_text", "Full text", "ShareCommentary", "Kommentti"]
)
def test_usual_names_are_found(save, name):
    path = save("a.csv", f"a much longer column,{name}\n{'Jotain muuta pitkää ' * 9},Moi vaan\n")
    assert open_posts(path).text_column == name


def test_preference_is_by_the_list_not_by_position(save):
    assert open_posts(save("a.csv", "title,body,text\na b,c d,e f\n")).text_column == "text"


def test_longest_text_wins_without_a_usual_name_and_is_told(save):
    posts = open_posts(save("a.csv", "who,what,link\nme,Pitkähkö juttu tässä,https://example.org/very/long/link/that/is/no/text\n"))
    assert posts.text_column == "what"
    assert "--text" in posts.described


def test_a_named_column_of_numbers_gives_way_to_one_with_text(save):
    assert open_posts(save("a.csv", "post,kirjoitus\n1,Moi kaikki\n2,Hei taas\n")).text_column == "kirjoitus"


def test_missing_column_names_those_there_are_and_the_closest(save):
    with pytest.raises(InputError, match=r"a\.csv: no column 'txt'; the columns are 'id', 'text'; did you mean 'text'\?"):
        open_posts(save("a.csv", "id,text\n1,a\n"), text="txt")


def test_given_column_is_taken(save):
    assert texts(save("a.csv", "text,draft\na,b\n"), text="draft") == ["b"]


def test_no_column_with_text_is_told(save):
    with pytest.raises(InputError, match="no column holds text"):
        open_posts(save("a.csv", "a,b\n1,2\n"))


# Inputs that are none


def test_missing_file(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        open_posts(tmp_path / "nope.csv")


def test_program_file(save):
    with pytest.raises(InputError, match="not a file of posts"):
        open_posts(save("a.exe", b"MZ\x90\x00" + bytes(range(256)) * 40))


def test_locked_file(save, monkeypatch):
    path = save("a.csv", "text\na\n")

    def refuse(*_args, **_options):
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="may not read"):
        open_posts(path)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.txt", "a.md", "a.tsv", "a"])
@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_empty_files_are_no_error(save, name, content):
    assert list(open_posts(save(name, content))) == []


def test_header_alone_is_no_error(save):
    posts = open_posts(save("a.csv", "id,text\n"))
    assert posts.columns == ["id", "text"]
    assert list(posts) == []


# Folders and standard input


def test_folder_reads_all_and_tells_the_file(save, tmp_path):
    save("in/b.jsonl", '{"text": "jsonista", "x": 1}\n')
    save("in/a.csv", "id,text\n1,taulukosta\n")
    save("in/deep/c.txt", "tekstistä\n")
    save("in/.hidden.csv", "text\nei\n")
    save("in/photo.jpg", b"\xff\xd8\xff")
    save("in/README.md", "about the posts")
    posts = open_posts(tmp_path / "in")
    assert posts.columns == ["id", "text", "x"]
    assert [(Path(post.source).name, post.text) for post in posts] == [
        ("a.csv", "taulukosta"),
        ("b.jsonl", "jsonista"),
        ("c.txt", "tekstistä"),
    ]


def test_folder_reports_a_file_that_cannot_be_read(save, tmp_path):
    save("in/a.csv", "id,text\n1,a\n")
    save("in/b.parquet", b"PAR1junk")
    found = list(open_posts(tmp_path / "in"))
    assert [post.text for post in found] == ["a", None]
    assert "damaged" in found[1].problem


def test_folder_without_posts(tmp_path):
    with pytest.raises(InputError, match="no file in it"):
        open_posts(tmp_path)


@pytest.mark.parametrize(
    "content",
    ["id;text\n1;moi\n2;hei\n", '{"text": "moi"}\n{"text": "hei"}\n', '[{"text": "moi"}, {"text": "hei"}]', "moi\nhei\n", "moi\n\nhei"],
)
def test_stdin_is_known_by_its_content(content):
    posts = open_source(stdin_source(io.BytesIO(content.encode())))
    assert [post.text for post in posts] == ["moi", "hei"]
    assert [post.source for post in posts] == ["stdin", "stdin"]


@pytest.mark.parametrize(("content", "found"), [("text\nmoi\n", ["moi"]), ("moi\ntext\n", ["moi", "text"]), ("text", ["text"])])
def test_a_one_column_table_on_stdin_keeps_its_header_out_of_the_posts(content, found):
    assert [post.text for post in open_source(stdin_source(io.BytesIO(content.encode())))] == found


def test_stdin_takes_parquet_and_excel(tmp_path):
    for name in ("a.parquet", "a.xlsx"):
        with open_writer(tmp_path / name, ["text"]) as writer:
            writer.write([{"text": "moi"}])
        assert [post.text for post in open_source(stdin_source(io.BytesIO((tmp_path / name).read_bytes())))] == ["moi"]


def test_posts_can_be_read_twice(save):
    posts = open_posts(save("a.csv", "text\nmoi\n"))
    assert list(posts) == list(posts)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff", include_characters="\n\t"), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8), suffix=st.sampled_from([".csv", ".tsv", ".jsonl", ".parquet"]))
def test_what_is_written_is_read_back(tmp_path, rows, suffix):
    path = tmp_path / f"a{suffix}"
    records = [{"text": text, "note": f"n{note}"} for text, note in rows]
    with open_writer(path, ["text", "note"]) as writer:
        writer.write(records)
    assert [post.fields for post in open_posts(path, text="text")] == records


def test_importing_reads_no_heavy_library():
    code = "import sys, toneguide.posts; print([n for n in ('pyarrow', 'pandas', 'python_calamine', 'xlsxwriter', 'selectolax', 'defusedxml') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_a_misspelt_file_is_answered_with_the_one_that_is_there(tmp_path):
    (tmp_path / "Julkaisut.xlsx").touch()
    with pytest.raises(InputError, match=r"no such file; did you mean 'Julkaisut\.xlsx'"):
        open_posts(tmp_path / "julkaisu.csv")


def test_a_file_in_no_folder_like_it_is_answered_with_where_to_put_it(tmp_path):
    with pytest.raises(InputError, match="check the name, or put the file into"):
        open_posts(tmp_path / "posts.csv")
