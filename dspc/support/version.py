"""The version of dspc, which the distribution takes from here."""

from __future__ import annotations

VERSION = "0.1.0"
