"""The command line ``rongtong``: one module a verb, each a thin coat over a function of the library.

:func:`main` is the entry point. It answers with an exit code and never with a traceback: 0 done, 1 the question
asked is answered “no” (``verify`` does not hold), 2 the input or the machine does not allow it, 70 a mistake of ours
(a log is kept and named), 130 interrupted, 141 nobody reads the output any more.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rongtong.startup import beside_others, without


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line with *arguments* (the process's own when None) and leave with its exit code."""
    without("pandas")
    beside_others()
    try:
        from rongtong.cli.guard import run  # noqa: PLC0415 -- Ctrl-C while the engines load must not show a traceback

        code = run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
