"""``python -m rongtong``: the command line."""

from __future__ import annotations

from rongtong.cli import main

main()
