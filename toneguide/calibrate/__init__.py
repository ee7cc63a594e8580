"""From the shipped models to a company's own voice: labels, agreement, adaptation, and how far to trust it."""

from __future__ import annotations

__all__: list[str] = []
