"""A workbook that raters fill in: one post a row, drop-downs from 1 to 5, and a page that says what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from toneguide.interface import tr

if TYPE_CHECKING:
    from toneguide.calibrate.labels import Label

__all__ = ["rating_sheet"]

_WIDTHS: Final = {"text": 90, "language": 9, "channel": 11, "corporate": 11, "warmth": 11, "values": 22, "rater": 14, "date": 12}
_SCALE: Final = ["1", "2", "3", "4", "5"]
# Excel takes a drop-down of at most 255 characters.
_LONGEST_LIST: Final = 255


def rating_sheet(labels: Sequence[Label], values: Sequence[str] = ()) -> bytes:
    """The workbook.

    Parameters
    ----------
    labels : sequence of Label
        Posts; ratings they have are filled in.
    values : sequence of str
        Names of the company's values, offered in a drop-down.
    """
    import xlsxwriter

    from toneguide.posts.cells import excel_text

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    sheet = book.add_worksheet("posts")
    sheet.freeze_panes(1, 0)
    for column, (name, width) in enumerate(_WIDTHS.items()):
        sheet.set_column(column, column, width, wrapped)
        sheet.write_string(0, column, name, bold)
    for row, label in enumerate(labels, 1):
        for column, name in enumerate(_WIDTHS):
            value = getattr(label, name)
            if isinstance(value, float | int):
                sheet.write_number(row, column, value, wrapped)
            elif text := excel_text("; ".join(value) if isinstance(value, tuple) else value or ""):
                sheet.write_string(row, column, text, wrapped)
    last = max(1, len(labels))
    places = {name: column for column, name in enumerate(_WIDTHS)}
    scale = {"validate": "list", "source": _SCALE, "error_title": "1–5", "error_message": tr("Choose 1, 2, 3, 4 or 5, or leave it empty.")}
    for name in ("corporate", "warmth"):
        sheet.data_validation(1, places[name], last, places[name], scale)
    offered = [value for value in values if "," not in value]
    if offered and len(",".join(offered)) <= _LONGEST_LIST:
        # Several values are typed with semicolons, so another text is no error.
        sheet.data_validation(1, places["values"], last, places["values"], {"validate": "list", "source": offered, "show_error": False})
    about = book.add_worksheet("info")
    about.set_column(0, 0, 100, wrapped)
    for row, line in enumerate(_instructions()):
        about.write_string(row, 0, line, wrapped)
    book.close()
    return out.getvalue()


def _instructions() -> list[str]:
    return [
        tr("Rate each post by your own ear, in any order. There are no right answers; leave a cell empty where you cannot say."),
        tr("corporate: 1 = one person talking to another, 5 = corporate-speak through and through."),
        tr("warmth: 1 = cold, or nobody there, 5 = you feel better for having read it."),
        tr("values: which of our values the post carries, several parted by semicolons."),
        tr("Rate one column for all posts first, then the other. Write your name or a pseudonym in the column rater."),
    ]
