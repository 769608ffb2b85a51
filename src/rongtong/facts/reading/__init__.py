"""Reading: a workbook as somebody sent it, into typed tables and an account of every cell.

    reading = read_workbook(Path("members.xlsx"), catalogue=catalogue(), year=2021)
    reading.tables      # one a block: facts (row, uscc, name, slots…) or records of a list
    reading.columns     # what each column was taken for, and how that was found
    reading.problems    # sheet, row, column, text, reason, mend, severity
    reading.counts      # cells = used + ignored + problems

``rongtong.workbooks`` opens the file, ``layout`` finds the tables, ``headings`` says what columns mean,
``rows`` sorts the rows, ``values`` reads the columns, ``account`` keeps the books, ``mark`` draws the problems.
"""

from rongtong.facts.reading.mark import mark
from rongtong.facts.reading.model import Column, Ignored, Reading, Table
from rongtong.facts.reading.reader import read_workbook
from rongtong.facts.reading.writing import normalise_heading

__all__ = ["Column", "Ignored", "Reading", "Table", "mark", "normalise_heading", "read_workbook"]
