"""Labels to and from other labelling tools: Label Studio, doccano, Argilla-style JSON Lines, and an Excel sheet for raters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from toneguide.calibrate.columns import field_name, refuse_other_scale
from toneguide.calibrate.labels import COLUMNS, Label, Labels, label_from, read_labels
from toneguide.errors import InputError

__all__ = ["FORMATS", "Format", "export_labels", "import_labels", "label_studio_config"]

Format = Literal["label-studio", "doccano", "argilla", "excel"]
FORMATS: Final = ("label-studio", "doccano", "argilla", "excel")
_RATED: Final = ("corporate", "warmth")
_KEPT: Final = ("language", "channel")
# A post, and what is said of it, by whatever names the other tool has.
_Said = tuple[str, dict[str, Any]]
_LARGEST: Final = 200_000_000
_NESTED: Final = frozenset(("data", "fields", "label", "labels"))
_CONFIG: Final = """\
<View>
  <Text name="text" value="$text"/>
  <Header value="corporate: 1 = one person to another, 5 = corporate-speak through and through"/>
  <Rating name="corporate" toName="text" maxRating="5"/>
  <Header value="warmth: 1 = cold, 5 = warm"/>
  <Rating name="warmth" toName="text" maxRating="5"/>
</View>
"""


def label_studio_config(values: Sequence[str] = ()) -> str:
    """The labelling interface to paste into a Label Studio project.

    Parameters
    ----------
    values : sequence of str
        Names of the company's values, to choose from.
    """
    from xml.sax.saxutils import quoteattr

    if not values:
        return _CONFIG
    choices = "".join(f"    <Choice value={quoteattr(value)}/>\n" for value in values)
    asked = f'  <Header value="values: those the post carries"/>\n  <Choices name="values" toName="text" choice="multiple">\n{choices}  </Choices>\n'
    return _CONFIG.replace("</View>", asked + "</View>")


def export_labels(path: Path | str, labels: Sequence[Label], kind: Format, *, values: Sequence[str] = ()) -> None:
    """Write posts, with their labels where they have any, for another tool.

    Parameters
    ----------
    path : Path or str
        The file.
    labels : sequence of Label
        Without ratings they are posts to rate.
    kind : {"label-studio", "doccano", "argilla", "excel"}
        JSON, JSON Lines, JSON Lines, or a workbook with drop-downs.
    values : sequence of str
        Names of the company's values, for the Excel sheet.

    Raises
    ------
    ValueError
        For another kind.
    InputError
        Where the file cannot be written.
    """
    from toneguide.calibrate.files import replace_file

    path = Path(path)
    if kind == "excel":
        from toneguide.calibrate.sheet import rating_sheet

        replace_file(path, rating_sheet(labels, values))
    elif kind == "label-studio":
        replace_file(path, (json.dumps(list(_studio_tasks(labels)), ensure_ascii=False, indent=1) + "\n").encode())
    elif kind in _RECORDS:
        lines = (json.dumps(record, ensure_ascii=False) for record in _RECORDS[kind](labels))
        replace_file(path, "".join(f"{line}\n" for line in lines).encode())
    else:
        raise ValueError(f"no format {kind!r}: choose one of {', '.join(FORMATS)}")


def import_labels(path: Path | str, *, rater: str = "", text: str | None = None) -> Labels:
    """Labels that another tool wrote, or a table; the format is found by what is in the file.

    Parameters
    ----------
    path : Path or str
        A file of Label Studio (JSON), doccano or Argilla (JSON Lines or JSON), Excel, CSV.
    rater : str
        Name for labels that have none, such as those of a sheet that came by mail.
    text : str, optional
        Column that holds the posts; found where left out.

    Raises
    ------
    InputError
        Where it cannot be read, or holds no labels in a known shape.
    """
    path = Path(path)
    records = _read_records(path)
    found = read_labels(path, text=text) if records is None else _from_records(records, path)
    if rater:
        found = replace(found, labels=[label if label.rater else replace(label, rater=rater) for label in found])
    return found


def _read_records(path: Path) -> list[Mapping[str, Any]] | None:
    """Nested records of a JSON file; None for a table."""
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path}: larger than 200 MB; a file of labels is not")
        raw = path.read_bytes()
    except OSError as e:
        raise InputError(f"{path}: cannot be read ({e.strerror}); check the name") from None
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return None
    try:
        text = raw.decode("utf-8-sig")
        try:
            whole = json.loads(text)
            if isinstance(whole, dict) and len(lists := [v for v in whole.values() if isinstance(v, list) and v]) == 1:
                # The records with something around them, such as {"tasks": [...]}.
                whole = lists[0] if all(isinstance(record, dict) and not _NESTED.isdisjoint(record) for record in lists[0]) else whole
            records = whole if isinstance(whole, list) else [whole]
        except ValueError:
            records = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as e:
        raise InputError(f"{path}: not JSON ({e}); export it again") from None
    if not all(isinstance(record, dict) for record in records):
        raise InputError(f"{path}: expected one record for each post")
    flat = all(_NESTED.isdisjoint(record) for record in records)
    return None if flat and records else records


def _from_records(records: Sequence[Mapping[str, Any]], path: Path) -> Labels:
    found = Labels(described=path.name)
    rows: list[dict[str, Any]] = []
    for number, record in enumerate(records, 1):
        read = _studio_labels if isinstance(record.get("data"), dict) else _argilla_labels if "fields" in record else _doccano_labels
        try:
            for post, told in read(record):
                fields = {field_name(name): value for name, value in told.items()}
                rows.append(fields)
                found.unused.extend(name for name in fields if name not in (*COLUMNS, *found.unused))
                found.labels.append(label_from(post, fields))
        except KeyError as e:
            within = record.get("data") or record.get("fields") or record
            found.problems.append(
                f"{path}, record {number}: no {e} in it, only {', '.join(map(repr, within))}; the post is to be called 'text'"
            )
        except (ValueError, TypeError, AttributeError) as e:
            found.problems.append(f"{path}, record {number}: {e}")
    refuse_other_scale(path, rows)
    return found


def _studio_tasks(labels: Iterable[Label]) -> Iterator[dict[str, Any]]:
    for label in labels:
        result: list[dict[str, Any]] = [
            {"from_name": name, "to_name": "text", "type": "rating", "value": {"rating": rating}}
            for name in _RATED
            if (rating := getattr(label, name)) is not None
        ]
        if label.values:
            result.append({"from_name": "values", "to_name": "text", "type": "choices", "value": {"choices": list(label.values)}})
        task: dict[str, Any] = {"data": {"text": label.text, **{name: getattr(label, name) for name in _KEPT}}}
        if result:
            # Label Studio takes nobody whom it does not know for an annotator, so the rater stands with the post.
            task["data"] |= {"rater": label.rater} if label.rater else {}
            task["annotations"] = [{"result": result} | ({"created_at": label.date} if label.date else {})]
        yield task


def _studio_labels(record: Mapping[str, Any]) -> Iterator[_Said]:
    data = record["data"]
    for done in record.get("annotations") or record.get("completions") or []:
        if done.get("was_cancelled"):
            continue
        who = done.get("completed_by", "")
        fields: dict[str, Any] = {name: data.get(name) for name in _KEPT} | {"date": str(done.get("created_at") or "")[:10]}
        # The one who rated in Label Studio, else the one whose label was brought there.
        fields["rater"] = (who.get("email") or who.get("id") if isinstance(who, dict) else who) or data.get("rater") or ""
        for result in done.get("result", ()):
            value = result.get("value", {})
            fields[str(result.get("from_name"))] = value.get("rating", _joined(value.get("choices", value.get("number"))))
        yield str(data["text"]), fields


def _doccano_records(labels: Iterable[Label]) -> Iterator[dict[str, Any]]:
    for label in labels:
        tags = [f"{name}:{rating:g}" for name in _RATED if (rating := getattr(label, name)) is not None]
        tags += [f"value:{value}" for value in label.values]
        yield {"text": label.text, "label": tags, **{name: getattr(label, name) for name in (*_KEPT, "rater", "date")}}


def _doccano_labels(record: Mapping[str, Any]) -> Iterator[_Said]:
    meta = record.get("meta")
    about = meta if isinstance(meta, dict) else {}
    fields: dict[str, Any] = {name: record.get(name) or about.get(name) for name in (*_KEPT, "rater", "date")}
    fields["rater"] = fields["rater"] or record.get("username") or record.get("annotator")
    values = []
    for tag in record.get("label", record.get("labels")) or ():
        name, _, told = str(tag).partition(":")
        if name.strip() == "value":
            values.append(told)
        elif told:
            fields[name.strip()] = told
    yield str(record["text"] if "text" in record else record["data"]), {**fields, "values": ";".join(values)}


def _argilla_records(labels: Iterable[Label]) -> Iterator[dict[str, Any]]:
    for label in labels:
        said = {name: rating for name in _RATED if (rating := getattr(label, name)) is not None} | (
            {"values": list(label.values)} if label.values else {}
        )
        yield {
            "fields": {"text": label.text},
            "metadata": {name: getattr(label, name) for name in (*_KEPT, "date")},
            "responses": {name: [{"value": value, "user_id": label.rater}] for name, value in said.items()},
        }


def _argilla_labels(record: Mapping[str, Any]) -> Iterator[_Said]:
    about = record.get("metadata") or {}
    by_rater: dict[str, dict[str, Any]] = {}
    for name, answers in (record.get("responses") or {}).items():
        for answer in answers if isinstance(answers, list) else [answers]:
            if answer.get("status", "submitted") == "submitted":
                by_rater.setdefault(str(answer.get("user_id") or ""), {})[name] = _joined(answer["value"])
    for rater, said in by_rater.items():
        yield str(record["fields"]["text"]), {**{name: about.get(name) for name in (*_KEPT, "date")}, **said, "rater": rater}


def _joined(value: Any) -> Any:
    return ";".join(map(str, value)) if isinstance(value, list) else value


_RECORDS: Final[dict[str, Callable[[Iterable[Label]], Iterator[dict[str, Any]]]]] = {
    "doccano": _doccano_records,
    "argilla": _argilla_records,
}
