"""Values as the cells of an output file hold them."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from toneguide.posts.record import replace_surrogates

__all__ = ["LONGEST_CELL", "excel_text", "plain_text", "plain_value", "to_json"]

LONGEST_CELL: Final = 32_767
_WIDE: Final = 0xFFFF


def plain_text(value: object) -> str:
    """A value as text: true and false in lower case, ISO dates, lists and objects as JSON, nothing for None.

    Examples
    --------
    >>> plain_text(True), plain_text(None), plain_text(0.5), plain_text(["ä", 1])
    ('true', '', '0.5', '["ä", 1]')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(float(value))
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Mapping | list | tuple):
        return to_json(value)
    return replace_surrogates(str(value))


def plain_value(value: object) -> object:
    """A value as JSON holds it: NaN and infinities are null, dates are text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {plain_text(key): plain_value(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(each) for each in value]
    if isinstance(value, Decimal):
        return plain_value(float(value))
    return plain_text(value)


def to_json(value: object) -> str:
    """Compact, strict JSON, letters as they are."""
    return json.dumps(plain_value(value), ensure_ascii=False, allow_nan=False)


def excel_text(text: str) -> str:
    """Text as one Excel cell takes it: at most 32,767 units, of which an emoji needs two; cut ends in an ellipsis."""
    if len(text) * 2 <= LONGEST_CELL:
        return text
    units = len(text) + sum(ord(letter) > _WIDE for letter in text)
    if units <= LONGEST_CELL:
        return text
    kept = text.encode("utf-16-le")[: (LONGEST_CELL - 1) * 2].decode("utf-16-le", "ignore")
    return f"{kept}…"
