"""Dates as exports write them, into ISO 8601."""

from __future__ import annotations

import email.utils
import re
from datetime import UTC, datetime
from typing import Final

__all__ = ["iso_date"]

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("tammi jan", "helmi feb", "maalis mar", "huhti apr", "touko may", "kesä jun", "heinä jul", "elo aug", "syys sep", "loka oct",
         "marras nov", "joulu dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_TIME: Final = r"(?:,?\s*(?:klo\s*)?(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?)?\s*\Z"
_FINNISH: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})" + _TIME)
_FINNISH_NAMED: Final = re.compile(r"(\d{1,2})\.\s+([a-zäö]+?)(?:kuuta|kuun|k\.)\s+(\d{4})" + _TIME)
_X: Final = "%a %b %d %H:%M:%S %z %Y"
_ENGLISH: Final = ("%b %d, %Y %I:%M:%S %p", "%b %d, %Y, %I:%M %p", "%b %d, %Y %I:%M %p", "%B %d, %Y at %I:%M %p", "%B %d, %Y")
_MAIL: Final = re.compile(r"(?:[A-Za-z]{3}, *)?\d{1,2} [A-Za-z]{3} ")
_MILLISECONDS: Final = 10**11
_LONGEST: Final = 60


def iso_date(value: object) -> str:
    """A date in ISO 8601; what is no date that is known here stays as it is.

    Parameters
    ----------
    value : object
        Text, or seconds or milliseconds since 1970 in UTC.

    Examples
    --------
    >>> iso_date("3.11.2025 klo 14.05"), iso_date("Wed Oct 10 20:19:24 +0000 2018"), iso_date(0)
    ('2025-11-03T14:05:00', '2018-10-10T20:19:24+00:00', '1970-01-01T00:00:00+00:00')
    """
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return _from_number(value)
    text = str(value).strip()
    if len(text) > _LONGEST:
        return text
    if re.fullmatch(r"\d{9,13}", text):
        return _from_number(int(text))
    for found in (_from_iso, _from_finnish, _from_names, _from_mail):
        date = found(text)
        if date is not None:
            return date.isoformat()
    return text


def _from_number(value: float) -> str:
    seconds = value / 1000 if value > _MILLISECONDS else value
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return str(value)


def _from_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(re.sub(r" (?:UTC|GMT)\Z", "+00:00", text))
    except ValueError:
        return None


def _from_finnish(text: str) -> datetime | None:
    match = _FINNISH.match(text) or _FINNISH_NAMED.match(text.lower())
    if match is None:
        return None
    day, month, year, *time = match.groups()
    number = int(month) if month.isdecimal() else _MONTHS.get(month)
    try:
        hour, minute, second = (int(part or 0) for part in time)
        return datetime(int(year), number or 0, int(day), hour, minute, second)
    except ValueError:
        return None


def _from_mail(text: str) -> datetime | None:
    if not _MAIL.match(text):
        return None
    try:
        return email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def _from_names(text: str) -> datetime | None:
    for form in (_X, *_ENGLISH):
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None
