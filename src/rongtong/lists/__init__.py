"""Lists of names or codes (名单比对), compared with the registry and given back filled; what stands twice in it (查重).

    listing = lists.Listing.read(path, folder)                  # where names, codes and what else it tells stand
    compared = lists.compare(listing.rows, snapshot)            # same, ask or none for every row, with reasons
    matched = lists.answered(compared, snapshot, alliance.answers())    # and as people answered before
    among = lists.candidates(matched, snapshot)                 # the firms that rows may be, or are near
    listing.give_back(matched, out, among=among)                # the same workbook with columns added
    lists.duplicates(snapshot).pairs                            # the registry's own firms against each other

Order and layout of the workbook stay; what is doubtful is marked and says why.
"""

from rongtong.lists.answered import ANSWERED, MOST, answered
from rongtong.lists.chats import chatted
from rongtong.lists.compare import MATCHES, compare
from rongtong.lists.duplicates import LEAST, Duplicates, duplicates
from rongtong.lists.fill import Addition, fill, kind_of
from rongtong.lists.find import FIELDS, Found, find, sheet_of
from rongtong.lists.listing import OUTCOMES, Listing, candidates, told, told_near

__all__ = [
    "ANSWERED",
    "FIELDS",
    "LEAST",
    "MATCHES",
    "MOST",
    "OUTCOMES",
    "Addition",
    "Duplicates",
    "Found",
    "Listing",
    "answered",
    "candidates",
    "chatted",
    "compare",
    "duplicates",
    "fill",
    "find",
    "kind_of",
    "sheet_of",
    "told",
    "told_near",
]
