"""``python -m carebook`` does what ``carebook`` does."""

from __future__ import annotations

from carebook.cli import main

if __name__ == "__main__":
    main(prog_name="carebook")
