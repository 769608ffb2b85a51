"""Who is who: codes, Chinese firm names, and which mentions are one firm.

Pure functions on texts and Arrow tables; nothing here reads a file of the alliance or a clock.

    uscc.is_valid("91370200264574251E")           # GB 32100-2015: shape and check character
    intended("9137O200264574251E").code            # what a failing code was probably meant to be
    split("青岛海德电子有限公司").trade_name        # 海德, beside region, business and legal form
    compare("海德电子", "青岛海德电子有限公司")      # same, different or ask, with score and reasons
    link(mentions, same, different).groups         # every mention and its group
    lookup(mentions, names)                        # which name of a list each mention most likely is

:func:`check_column`, :func:`normalise_column` and :func:`link` take a million rows in seconds.
"""

from rongtong.identity import curve, uscc
from rongtong.identity.compare import Comparison, compare, compare_all
from rongtong.identity.judge import Judge, shipped
from rongtong.identity.link import VERSION, Links, link
from rongtong.identity.lookup import lookup
from rongtong.identity.names import normalise
from rongtong.identity.names_column import normalise_column, split_former
from rongtong.identity.parts import Parts, split
from rongtong.identity.reasons import describe, describe_all, parting
from rongtong.identity.uscc_column import check_column, make_column, valid_codes
from rongtong.identity.uscc_intended import Correction, explain, intended, legible

__all__ = [
    "VERSION",
    "Comparison",
    "Correction",
    "Judge",
    "Links",
    "Parts",
    "check_column",
    "compare",
    "compare_all",
    "curve",
    "describe",
    "describe_all",
    "explain",
    "intended",
    "legible",
    "link",
    "lookup",
    "make_column",
    "normalise",
    "normalise_column",
    "parting",
    "shipped",
    "split",
    "split_former",
    "uscc",
    "valid_codes",
]
