"""Labels to other tools and back, and a sheet that goes out by mail."""

from __future__ import annotations

import json

import openpyxl
import pytest

from toneguide.calibrate.exchange import export_labels, import_labels, label_studio_config
from toneguide.calibrate.labels import Label, add_labels, read_labels
from toneguide.errors import InputError

LABELS = [
    Label('=1+1 "lainaus"; ja\nrivinvaihto', "fi", "linkedin", 2.0, 5.0, ("Rohkeus", "Be bold"), "r1", "2026-11-21"),
    Label("Thanks, everybody.", "en", "x", None, 3.0, (), "r2", "2026-11-20"),
]


@pytest.mark.parametrize(("kind", "suffix"), [("label-studio", "json"), ("doccano", "jsonl"), ("argilla", "jsonl"), ("excel", "xlsx")])
def test_what_goes_out_comes_back(tmp_path, kind, suffix):
    path = tmp_path / f"labels.{suffix}"
    export_labels(path, LABELS, kind)
    found = import_labels(path)
    assert found.problems == []
    assert found.labels == LABELS


def test_an_export_of_label_studio_is_understood(tmp_path):
    task = {
        "id": 7,
        "data": {"text": "Hei kaikki", "channel": "blog"},
        "annotations": [
            {"completed_by": 12, "created_at": "2026-11-20T10:11:12.1Z", "was_cancelled": False, "result": [
                {"from_name": "warmth", "to_name": "text", "type": "rating", "value": {"rating": 4}},
                {"from_name": "corporate", "to_name": "text", "type": "choices", "value": {"choices": ["2"]}}]},
            {"completed_by": {"email": "a@example.org"}, "was_cancelled": True, "result": []},
        ],
    }  # fmt: skip
    (tmp_path / "ls.json").write_text(json.dumps([task]), encoding="utf-8")
    assert import_labels(tmp_path / "ls.json").labels == [Label("Hei kaikki", "", "blog", 2.0, 4.0, (), "12", "2026-11-20")]


def test_finnish_names_of_questions_are_understood_and_unknown_ones_told(tmp_path):
    result = [{"from_name": name, "type": "rating", "value": {"rating": 4}} for name in ("korporaatiokieli", "Lämpö", "mood")]
    task = {"data": {"text": "Hei kaikki"}, "annotations": [{"completed_by": 1, "result": result}]}
    (tmp_path / "ls.json").write_text(json.dumps({"tasks": [task]}), encoding="utf-8")
    found = import_labels(tmp_path / "ls.json")
    assert found.labels == [Label("Hei kaikki", corporate=4.0, warmth=4.0, rater="1")]
    assert found.unused == ["mood"]


def test_a_record_without_a_post_says_what_it_has(tmp_path):
    (tmp_path / "ls.json").write_text(json.dumps([{"data": {"post": "Hei"}, "annotations": [{"result": []}]}]), encoding="utf-8")
    assert "no 'text' in it, only 'post'" in import_labels(tmp_path / "ls.json").problems[0]


def test_several_answers_to_one_argilla_record_are_several_labels(tmp_path):
    record = {"id": "1", "fields": {"text": "Hei kaikki"}, "metadata": {"language": "fi"}, "suggestions": {}, "responses": {
        "warmth": [{"value": 4, "user_id": "u1"}, {"value": 2, "user_id": "u2"}, {"value": 1, "user_id": "u3", "status": "discarded"}]}}  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert [(label.rater, label.warmth) for label in import_labels(tmp_path / "a.jsonl")] == [("u1", 4.0), ("u2", 2.0)]


def test_a_doccano_record_without_numbers_is_told_with_its_place(tmp_path):
    lines = [{"text": "Hei", "label": ["warmth:4"]}, {"text": "Hei taas", "label": ["warmth:much"]}]
    (tmp_path / "d.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = import_labels(tmp_path / "d.jsonl", rater="Maija")
    assert [(label.warmth, label.rater) for label in found] == [(4.0, "Maija")]
    assert "record 2: warmth is 'much'" in found.problems[0]


@pytest.mark.parametrize("content", ["[1, 2]", '{"data": ', '[{"data": 3}, 4]'])
def test_json_that_holds_no_labels_is_refused(tmp_path, content):
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        import_labels(tmp_path / "x.json")


def test_the_sheet_has_drop_downs_no_formulas_and_instructions(tmp_path):
    export_labels(tmp_path / "sheet.xlsx", LABELS, "excel", values=["Rohkeus", "Be bold"])
    book = openpyxl.load_workbook(tmp_path / "sheet.xlsx")
    sheet = book["posts"]
    lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert lists["D2:D3"] == lists["E2:E3"] == '"1,2,3,4,5"'
    assert lists["F2:F3"] == '"Rohkeus,Be bold"'
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("=1+1")
    assert "5 =" in "".join(str(row[0].value) for row in book["info"].rows)


def test_a_filled_in_sheet_is_labels_of_the_rater_who_sent_it(tmp_path):
    export_labels(tmp_path / "sheet.xlsx", [Label("Hei kaikki tyypit", "fi"), Label("Toinen juttu tässä", "fi")], "excel")
    book = openpyxl.load_workbook(tmp_path / "sheet.xlsx")
    book["posts"]["E2"], book["posts"]["D2"] = 4, "2"
    book.save(tmp_path / "sheet.xlsx")
    found = import_labels(tmp_path / "sheet.xlsx", rater="Maija")
    assert found.labels[0] == Label("Hei kaikki tyypit", "fi", corporate=2.0, warmth=4.0, rater="Maija")


def test_adding_a_file_twice_adds_its_labels_once(tmp_path):
    path = tmp_path / "examples.csv"
    assert [add_labels(path, LABELS), add_labels(path, LABELS)] == [2, 0]
    assert read_labels(path).labels == LABELS


def test_the_label_studio_interface_names_our_dimensions():
    assert {'name="corporate"', 'name="warmth"'} <= set(label_studio_config().split())


def test_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(ValueError, match="choose one of"):
        export_labels(tmp_path / "x", LABELS, "brat")
