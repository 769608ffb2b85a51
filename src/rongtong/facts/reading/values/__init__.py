"""Values: a column of cell texts, as people write them, into typed values, or why not.

    reading = read_column(texts, ValueSpec(type="money", unit=parse_heading_unit("营业收入（万元）")))
    reading.values      # DECIMAL(18,2) in yuan, NULL where nothing was read
    reading.problems    # at, text, reason, mend, severity
    reading.empty       # true where a cell says “nothing”

In doubt a cell is reported, not guessed. The usual forms are read for the whole column at once (``fast``); each
remaining distinct text is read once by the parser of its type (``amounts``, ``ratios``, ``dates``, ``labels``,
``texts``); what needs the column (percent or fraction, limits, the wrong unit) comes last
(``ratios.judge``, ``checks``).
"""

from rongtong.facts.reading.values.columns import read_column
from rongtong.facts.reading.values.spec import ARROW_TYPES, CELL_PROBLEMS, ColumnReading, ValueSpec
from rongtong.facts.reading.values.units import parse_heading_unit

__all__ = [
    "ARROW_TYPES",
    "CELL_PROBLEMS",
    "ColumnReading",
    "ValueSpec",
    "parse_heading_unit",
    "read_column",
]
