"""Files as somebody sent them, opened safely: sheets of cell texts, before anybody asks what they mean.

    sheets = open_sheets(Path("members.xlsx"), folder)     # .xlsx .xlsm .xls .xlsb .ods .csv .tsv .txt
    sheets[0].name, sheets[0].cells, sheets[0].merges      # cells: an Arrow table of texts, mapped from *folder*

``sandbox`` opens a file in a process of its own, which imports nothing but this package so that a small file opens at
once; ``formats`` tells what kind it is, ``calamine`` and ``delimited`` read it, ``look`` sees what calamine does not.
"""

from rongtong.workbooks.delimited import read_text
from rongtong.workbooks.sandbox import open_sheets
from rongtong.workbooks.sheets import Merge, Sheet, texts_table

__all__ = ["Merge", "Sheet", "open_sheets", "read_text", "texts_table"]
