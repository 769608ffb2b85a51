"""Who is who: codes, names, their comparison, and which mentions are one firm. Pure functions on tables.

``uscc`` checks codes of GB 32100-2015 and guesses what a wrong one was meant to be; ``names`` brings names into one
spelling and splits them; :func:`compare` answers same, different or ask; :func:`link` groups mentions into firms.
"""

from rongtong.identity.compare import Comparison, compare
from rongtong.identity.link import VERSION, Links, link
from rongtong.identity.uscc import check_column

__all__ = ["VERSION", "Comparison", "Links", "check_column", "compare", "link"]
