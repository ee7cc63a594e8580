"""Batches on this machine: one row per post in order, whatever the workers, the blocks and the interruptions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archives import make_posts, odd_posts
from typer.testing import CliRunner

from toneguide.batch import local, parts, pool
from toneguide.batch.job import Job, column_names, from_bytes, make_job, score_texts, to_bytes
from toneguide.batch.local import score_blocks
from toneguide.batch.score_batches import score_batches
from toneguide.batch.score_files import Run, score_files
from toneguide.batch.ship import pack_guide, unpack_guide
from toneguide.batch.summary import estimate_posts
from toneguide.cli import app
from toneguide.errors import InputError, ToneguideError
from toneguide.guide import ToneGuide
from toneguide.posts import Post, open_posts

HERE = Path(__file__).parent


def as_posts(texts: list[str | None]) -> list[Post]:
    return [Post({"id": i, "text": text}, text, "posts", i + 1) for i, text in enumerate(texts)]


def scored(texts: list[str | None], job: Job, **how) -> dict[str, list]:
    blocks = list(score_blocks(as_posts(texts), job, **{"workers": 1, "small": 10**6, "size": 50, **how}))
    assert [post.fields["id"] for block in blocks for post in block.posts] == list(range(len(texts)))
    return {name: [value for block in blocks for value in block.columns[name]] for name in column_names(job)}


@pytest.fixture
def job(fast) -> Job:
    return make_job(fast)


@pytest.fixture
def archive(tmp_path) -> Path:
    path = tmp_path / "posts.parquet"
    texts = [f"{text} ({i})" for i, text in enumerate(make_posts(1_500))]
    pq.write_table(pa.table({"id": range(1_500), "channel": ["x", "linkedin", None] * 500, "text": texts}), path)
    return path


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def run(fast, archive, said, monkeypatch):
    """Score the archive in blocks of 100 posts, all of them kept."""
    monkeypatch.setattr(local, "BLOCK", 100)
    monkeypatch.setattr(local.score_blocks, "__kwdefaults__", {**local.score_blocks.__kwdefaults__, "size": 100})

    def invoke(out: Path, guide: ToneGuide = fast, paths: list[str] | None = None, **how) -> int:
        return score_files(paths or [str(archive)], guide, Run(out=out, **{"workers": 1, "small": 0, **how}), say=said.append)

    return invoke


# Guides and jobs on their way


def test_a_packed_guide_scores_like_the_guide(valued):
    text = "Rohkeus on sitä, että sanoo ääneen: emme tiedä vielä, mutta kysytään yhdessä."
    again = unpack_guide(pack_guide(valued))
    assert [v.name for v in again.values] == [v.name for v in valued.values]
    assert again.score(text).margin == valued.score(text).margin
    assert again.score(text).values == valued.score(text).values


def test_a_fingerprint_tells_guides_apart(fast, valued):
    prints = [pack_guide(guide).fingerprint for guide in (fast, ToneGuide.default("fast"), valued, fast.with_pipeline("accurate"))]
    assert prints[0] == prints[1]
    assert len(set(prints)) == 3


def test_a_calibrated_guide_has_another_fingerprint(fast):
    warm, cold = "Kiitos ihanat, oli mukavaa nähdä teitä {}!", "Lomake {} on palautettava määräaikaan mennessä."
    labels = pd.DataFrame({"text": [(warm if i % 2 else cold).format(i) for i in range(30)], "warmth": [0.1, 0.9] * 15})
    moved = fast.calibrate(labels, language="fi")
    packed = pack_guide(moved)
    assert packed.fingerprint != pack_guide(fast).fingerprint
    assert unpack_guide(packed).score("Kiitos kaikille eilisestä, oli kivaa!").margin == pytest.approx(
        moved.score("Kiitos kaikille eilisestä, oli kivaa!").margin
    )


def test_a_job_survives_the_way_to_a_worker(valued):
    job = make_job(valued, language="fi", min_words=0, readability=True)
    assert Job.from_bytes(job.to_bytes()) == job


def test_scores_survive_the_way_back(valued):
    columns = score_texts([*odd_posts(), *make_posts(5)], make_job(valued, readability=True))
    assert from_bytes(to_bytes(columns)) == columns


# Blocks


def test_results_depend_on_neither_workers_nor_blocks(fast, job):
    texts = [*odd_posts(), *make_posts(180)]
    expected = fast.score_columns(texts)
    for how in ({"size": 1_000}, {"size": 7}, {"workers": 2, "small": 0, "size": 16}):
        assert scored(texts, job, **how) == expected


def test_twenty_thousand_posts_in_two_processes_come_back_in_order(fast, job):
    texts = make_posts(20_000, words=8)
    found = scored(texts, job, workers=2, small=0, size=2_000)
    assert len(found["status"]) == 20_000
    picked = range(0, 20_000, 400)
    assert [found["warmth"][i] for i in picked] == fast.score_columns([texts[i] for i in picked])["warmth"]


def test_identical_texts_are_scored_once(fast, job, monkeypatch):
    asked: list[str | None] = []
    monkeypatch.setattr(local, "score_texts", lambda texts, job: asked.extend(texts) or score_texts(texts, job))
    texts = make_posts(60)
    found = scored(texts * 5 + [None] * 3, job)
    assert sorted(asked, key=str) == sorted([*texts, None], key=str)
    assert found == fast.score_columns(texts * 5 + [None] * 3)


def test_texts_met_long_ago_are_scored_again_rather_than_remembered_for_ever(fast, job, monkeypatch):
    monkeypatch.setattr(local, "_REMEMBERED", 20)
    texts = make_posts(60)
    assert scored(texts * 3, job, size=10) == fast.score_columns(texts * 3)


def test_records_that_cannot_be_read_are_rows_with_a_reason(job):
    posts = [*as_posts(["Kiitos kaikille eilisestä, oli kivaa!"]), Post({}, None, "posts.csv", 7, "the row is cut off")]
    (block,) = score_blocks(posts, job, workers=1, small=10)
    assert block.columns["status"] == ["ok", "unreadable"]
    assert block.columns["reason"] == ["", "line 7: the row is cut off"]
    assert block.columns["warmth"][1] is None


def test_a_worker_that_dies_is_told_with_what_to_do(job):
    with pool.Pool(job, 1) as workers:
        workers._processes[0].kill()
        with pytest.raises(ToneguideError, match="fewer --workers"):
            workers.submit(["Kiitos!"]).result()


def test_no_worker_outlives_the_pool(job):
    with pool.Pool(job, 2) as workers:
        processes = workers._processes
        workers.submit(["Kiitos kaikille!"]).result()
    assert all(process.poll() is not None for process in processes)


def test_frames_are_scored_one_by_one_and_lazily(fast):
    frame = pd.DataFrame({"text": make_posts(6), "id": range(6)})
    frames = score_batches(iter([frame[:2], frame[2:]]), pack_guide(fast))
    whole = pd.concat(list(frames))
    pd.testing.assert_frame_equal(whole, fast.score_frame(frame))


# Files


def test_a_file_is_the_same_however_many_workers_wrote_it(run, tmp_path):
    for suffix in (".parquet", ".csv"):
        one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
        assert (run(one), run(two, workers=2)) == (0, 0)
        assert one.read_bytes() == two.read_bytes()
        assert not parts.parts_folder(one).exists()


def test_the_summary_counts_rows_by_status_language_and_channel(run, tmp_path, said):
    run(tmp_path / "o.csv")
    told = "\n".join(said)
    assert "1500 posts in" in told
    assert "1500 ok" in told
    assert "500 x" in told
    assert "500 linkedin" in told
    assert "wrote" in told


def test_quiet_says_nothing(run, tmp_path, said):
    run(tmp_path / "o.csv", quiet=True)
    assert said == []


def test_small_archives_leave_no_parts_and_start_no_process(fast, archive, tmp_path, monkeypatch):
    monkeypatch.setattr(local, "Pool", None)
    monkeypatch.setattr(parts.Parts, "start", None)
    assert score_files([str(archive)], fast, Run(out=tmp_path / "o.csv", workers=4), say=lambda _: None) == 0


HOSTILE = {
    "half_row.csv": b'id,text\n1,Kiitos kaikille eilisesta oli kivaa\n2,"Nahdaan taas\n3,huomenna',
    "nuls.jsonl": b'{"text": "Kiitos\\u0000 kaikille eilisesta"}\n\x00\x00\n{"text": 5}\n{"text": "Nahdaan',
    "broken.json": b'[{"text": "Kiitos kaikille eilisesta"}, {"text": "Nahd}, {"text": "oli kivaa"}, 7]',
    "ends.csv": b"text\r\nKiitos kaikille\rNahdaan taas\nhuomenna\r\n\r\n",
    "bytes.txt": b"Kiitos \xff\xfe\x00kaikille\n\nNahdaan \x80\x81",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_read_is_scored_or_told_row_by_row(fast, tmp_path, name):
    source, out = tmp_path / name, tmp_path / "out.csv"
    source.write_bytes(HOSTILE[name])
    said: list[str] = []
    score_files([str(source)], fast, Run(out=out), say=said.append)
    read = list(open_posts(source))
    rows = pd.read_csv(out, keep_default_na=False)
    assert len(rows) == len(read) > 0
    assert all(row["status"] == "ok" or row["reason"] for row in rows.to_dict("records"))
    assert [row == "unreadable" for row in rows["status"]].count(True) >= sum(bool(post.problem) for post in read)
    assert any(line.startswith(f"{len(read)} post") for line in said)


def stopped_after(blocks: int, monkeypatch) -> None:
    """The run is stopped by Ctrl-C once so many blocks are kept."""
    save = parts.Parts.save

    def save_and_stop(self, block, texts, content):
        save(self, block, texts, content)
        if block == blocks - 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(parts.Parts, "save", save_and_stop)


@pytest.fixture
def half_done(run, tmp_path, monkeypatch) -> Path:
    """An output of which seven blocks are done."""
    out = tmp_path / "out.parquet"
    with monkeypatch.context() as patched:
        stopped_after(7, patched)
        assert run(out) == 130
    return out


@pytest.fixture
def whole(run, tmp_path) -> bytes:
    out = tmp_path / "whole.parquet"
    assert run(out) == 0
    return out.read_bytes()


def test_ctrl_c_says_how_to_go_on(half_done, said):
    assert not half_done.exists()
    assert "run the same command again" in said[-1]
    assert str(parts.parts_folder(half_done)) in said[-1]


def test_the_same_command_goes_on_where_it_stopped(half_done, run, whole, said, monkeypatch):
    scored_now: list[int] = []
    monkeypatch.setattr(local, "score_texts", lambda texts, job: scored_now.append(len(texts)) or score_texts(texts, job))
    assert run(half_done) == 0
    assert sum(scored_now) == 800
    assert half_done.read_bytes() == whole
    assert "going on" in "\n".join(said)
    assert "700 of the texts were scored before" in "\n".join(said)
    assert not parts.parts_folder(half_done).exists()


def test_no_resume_starts_afresh(half_done, run, whole, said):
    assert run(half_done, resume=False) == 0
    assert "were scored before" not in "\n".join(said)
    assert half_done.read_bytes() == whole


@pytest.mark.parametrize(
    ("change", "told"),
    [({"language": "fi"}, "other language"), ({"min_words": 3}, "other min_words"), ({"text": "channel"}, "other text column")],
)
def test_other_options_never_mix(half_done, run, said, tmp_path, change, told):
    clean = tmp_path / "clean.parquet"
    run(clean, **change)
    run(half_done, **change)
    assert any(told in line and "starting afresh" in line for line in said)
    assert half_done.read_bytes() == clean.read_bytes()


def test_another_guide_never_mixes(half_done, run, said, valued, tmp_path):
    run(half_done, guide=valued)
    assert any("other guide" in line for line in said)
    assert pq.read_table(half_done)["value:Rohkeus"].null_count == 0


def test_a_changed_input_never_mixes(half_done, run, said, archive):
    table = pq.read_table(archive)
    pq.write_table(table.slice(10), archive)
    run(half_done)
    assert any("other input" in line for line in said)
    assert pq.read_table(half_done)["id"].to_pylist() == list(range(10, 1_500))


@pytest.mark.parametrize("damage", ["cut", "flip", "gone", "journal", "header"])
def test_damaged_parts_are_scored_again(half_done, run, whole, damage):
    folder = parts.parts_folder(half_done)
    part, journal = folder / "00000003.arrow", folder / parts.JOURNAL
    if damage == "cut":
        part.write_bytes(part.read_bytes()[:50])
    elif damage == "flip":
        content = bytearray(part.read_bytes())
        content[len(content) // 2] ^= 255
        part.write_bytes(bytes(content))
    elif damage == "gone":
        part.unlink()
    elif damage == "journal":
        journal.write_bytes(journal.read_bytes()[:-20])
    else:
        journal.write_bytes(b"\xff\x00" + journal.read_bytes()[2:])
    assert run(half_done) == 0
    assert half_done.read_bytes() == whole


def test_two_runs_at_once_are_told_apart(half_done, run):
    with parts.Parts(parts.parts_folder(half_done), {}, resume=True, say=lambda _: None) as other:
        other.start()
        with pytest.raises(InputError, match="another run is writing"):
            run(half_done)


def test_a_full_disk_says_so(run, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts.Path, "write_bytes", refuse)
    with pytest.raises(InputError, match="make room"):
        run(tmp_path / "o.csv")


SCRIPT = """
import sys
from pathlib import Path
from toneguide import ToneGuide
from toneguide.batch import local, score_files
local.score_blocks.__kwdefaults__["size"] = 50
run = score_files.Run(out=Path(sys.argv[2]), workers=2, small=0)
sys.exit(score_files.score_files([sys.argv[1]], ToneGuide.default("fast"), run, say=lambda line: print(line, file=sys.stderr)))
"""


def start(archive: Path, out: Path) -> subprocess.Popen[str]:
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])}
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(archive), str(out)], stderr=subprocess.PIPE, text=True, env=env)


def finish(process: subprocess.Popen[str]) -> None:
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told


def blocks_done(out: Path) -> int:
    return len(list(parts.parts_folder(out).glob("*.arrow")))


def wait_for_blocks(process: subprocess.Popen[str], out: Path, n: int) -> None:
    """Until so many blocks are kept, or the run is over."""
    while process.poll() is None and blocks_done(out) < n:
        time.sleep(0.002)


def test_a_run_killed_again_and_again_gives_the_file_of_a_run_left_alone(archive, tmp_path, whole):
    out = tmp_path / "killed.parquet"
    for _ in range(3):
        process = start(archive, out)
        wait_for_blocks(process, out, blocks_done(out) + 3)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    finish(start(archive, out))
    assert out.read_bytes() == whole


def test_ctrl_c_ends_a_run_of_several_processes_with_one_line(archive, tmp_path):
    out = tmp_path / "o.parquet"
    process = start(archive, out)
    wait_for_blocks(process, out, 1)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode in (130, 0)
    assert "Traceback" not in told
    assert process.returncode == 0 or "run the same command again" in told.splitlines()[-1]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_the_number_of_posts_is_about_right(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    frame = pd.DataFrame({"id": range(400), "text": make_posts(400)})
    if suffix == ".parquet":
        frame.to_parquet(path)
    elif suffix == ".csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    assert estimate_posts([str(path)], list(open_posts(path))[:100]) == pytest.approx(400, rel=0.1)
    assert estimate_posts([str(tmp_path)], []) is None


# The archive that grows


@pytest.fixture
def add(tmp_path):
    """Add a month to a scored archive with the command line."""

    def invoke(out: str, *archives: str, options: tuple[str, ...] = ()):
        words = ["score", *(str(tmp_path / name) for name in archives), "-o", str(tmp_path / out), "--add", *options]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output
        return result.stderr

    return invoke


def write_month(path: Path, rows: list[dict]) -> None:
    pd.DataFrame(rows).to_csv(path, index=False)


POSTS = make_posts(6, seed=11)
OCTOBER = [{"id": i, "date": f"2025-10-0{i}", "text": POSTS[i], "status": "sent"} for i in range(1, 4)]
NOVEMBER = [{"id": i, "date": f"2025-11-0{i}", "text": POSTS[i], "status": "sent"} for i in range(4, 6)]


@pytest.mark.parametrize("out", ["out.parquet", "out.csv", "out.jsonl", "out.xlsx"])
def test_a_month_is_added_and_what_was_there_is_not_scored_again(tmp_path, add, out):
    write_month(tmp_path / "october.csv", OCTOBER)
    write_month(tmp_path / "november.csv", NOVEMBER)
    add(out, "october.csv")
    told = add(out, "november.csv")
    assert "3 rows were there: 0 of them are in the new archive too; 3 texts were not scored again" in told
    write_month(tmp_path / "both.csv", OCTOBER + NOVEMBER)
    add("whole" + Path(out).suffix, "both.csv")
    rows, expected = ([dict(p.fields) for p in open_posts(tmp_path / name)] for name in (out, "whole" + Path(out).suffix))
    assert [row["input:status"] for row in rows] == ["sent"] * 5
    assert [pytest.approx(float(row["warmth"])) for row in rows] == [float(row["warmth"]) for row in expected]
    assert [str(row["id"]) for row in rows] == ["1", "2", "3", "4", "5"]


def test_a_full_export_again_leaves_each_post_once_with_what_is_new_of_it(tmp_path, add):
    write_month(tmp_path / "first.csv", [{**row, "likes": 1} for row in OCTOBER])
    write_month(tmp_path / "second.csv", [{**row, "likes": 9} for row in OCTOBER + NOVEMBER])
    add("out.csv", "first.csv")
    assert "3 of them are in the new archive too; 3 texts were not scored again" in add("out.csv", "second.csv")
    rows = pd.read_csv(tmp_path / "out.csv")
    assert list(rows["id"]) == [1, 2, 3, 4, 5]
    assert set(rows["likes"]) == {9}


def test_numbers_that_begin_anew_each_month_lose_no_post(tmp_path, add):
    write_month(tmp_path / "october.csv", [{"id": i, "text": POSTS[i]} for i in range(3)])
    write_month(tmp_path / "november.csv", [{"id": i, "text": POSTS[3 + i]} for i in range(3)])
    add("out.csv", "october.csv")
    add("out.csv", "november.csv")
    assert list(pd.read_csv(tmp_path / "out.csv")["text"]) == POSTS


def test_another_guide_makes_the_rows_stale_and_scores_them_again(tmp_path, add):
    write_month(tmp_path / "october.csv", OCTOBER)
    write_month(tmp_path / "november.csv", NOVEMBER)
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "guide.yaml").write_text("values: [Rohkeus]\n", encoding="utf-8")
    add("out.parquet", "october.csv")
    told = add("out.parquet", "november.csv", options=("--guide", str(tmp_path / "guide")))
    assert "its 3 rows are stale, they were scored with another guide" in told
    assert "0 texts were not scored again" in told
    assert pq.read_table(tmp_path / "out.parquet")["value:Rohkeus"].null_count == 0


def test_rows_that_could_not_be_read_stay_as_they_are(tmp_path, add):
    (tmp_path / "broken.csv").write_text('id,text\n1,"Kiitos kaikille eilisestä, oli tosi kivaa"\n2\n', encoding="utf-8")
    write_month(tmp_path / "november.csv", NOVEMBER)
    add("out.csv", "broken.csv")
    before = pd.read_csv(tmp_path / "out.csv")["reason"][1]
    add("out.csv", "november.csv")
    rows = pd.read_csv(tmp_path / "out.csv")
    assert list(rows["status"]) == ["ok", "unreadable", "ok", "ok"]
    assert rows["reason"][1] == before


def test_a_parquet_file_tells_what_it_was_scored_with(run, tmp_path, fast):
    run(tmp_path / "o.parquet")
    note = json.loads(pq.read_schema(tmp_path / "o.parquet").metadata[b"toneguide"])
    assert note["scored_with"]["guide"] == pack_guide(fast).fingerprint
    assert note["text"] == "text"


@pytest.mark.parametrize(
    "words",
    [
        ("--add",),
        ("--engine", "spark"),
        ("-o", "o.csv", "--checkpoint", "c"),
        ("-o", "o", "--engine", "spark", "--add"),
        ("--workers", "0"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(words):
    assert CliRunner().invoke(app, ["score", "a.csv", *words]).exit_code == 2
