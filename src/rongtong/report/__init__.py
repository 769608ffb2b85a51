"""Results for people: an assessment, a matching, likely pairs as an Excel workbook, a first examination as Word.

::

    from rongtong import report

    report.verdicts(assessment, Path("verdicts.xlsx"))
    report.read_back.basis(Path("verdicts.xlsx"))                     # what a workbook says it was made of
    report.matching(found, Path("matching.xlsx"))                  # candidates, capacities, trade-off
    report.duplicates(pairs, Path("duplicates.xlsx"))              # pairs that may be one firm
    report.draft(assessment.explain(firm), assessment.manifest)    # the bytes of a .docx

:mod:`rongtong.report.labels` says facts the way officers do: labels for slots, and by :mod:`rongtong.report.figures`
万元 for money, per cent for shares.
"""

from rongtong.report import read_back
from rongtong.report.draft import draft
from rongtong.report.duplicates import duplicates
from rongtong.report.matching import matching
from rongtong.report.workbook import verdicts

__all__ = ["draft", "duplicates", "matching", "read_back", "verdicts"]
