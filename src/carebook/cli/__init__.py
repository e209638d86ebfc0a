"""The ``carebook`` command: thin; each command calls one public function of a room."""

from __future__ import annotations

from carebook.cli.root import main

__all__ = ["main"]
