"""Lists of names or codes (名单比对), compared with the registry and given back filled.

    found = lists.find(sheet)                                   # where the names and codes stand
    matched = lists.compare(found.rows(sheet), snapshot)        # same, ask or none for every row, with reasons
    lists.fill(path, sheet.name, found, additions, out)         # the same workbook with columns added

Order and layout of the workbook stay; what is doubtful is marked and says why.
"""

from rongtong.lists.compare import MATCHES, compare
from rongtong.lists.fill import Addition, fill, kind_of
from rongtong.lists.find import Found, find, sheet_of

__all__ = ["MATCHES", "Addition", "Found", "compare", "fill", "find", "kind_of", "sheet_of"]
