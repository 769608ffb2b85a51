"""Results for people: the verdicts of an assessment as an Excel workbook.

::

    from rongtong import report

    report.verdicts(assessment, Path("verdicts.xlsx"))

:mod:`rongtong.report.labels` says facts the way officers do: labels for slots, 万元 for money, per cent for shares.
"""

from rongtong.report.workbook import verdicts

__all__ = ["verdicts"]
