"""A made-up alliance shaped like Qingdao's in October 2022: firms, titles, messy workbooks, and the truth beside them.

    from pathlib import Path
    from rongtong import sample

    made = sample.generate(Path("sample"), seed=2022)          # the same seed, the same bytes
    sample.summary(made)["titles"]                             # {"专精特新小巨人": 151, "省级专精特新": 320, …}

The folder holds ``truth/`` (Parquet: firms, lists, every cell written), the workbooks of ten districts, the platform's
export, ledgers, the bureaus' replies, and ``imports.yaml``: the arguments with which each file is to be imported, in
order. Distributions, names and layouts are data in ``sample/data``. Firms, codes and people are nobody's.
"""

from rongtong.sample.alliance import Sample, generate
from rongtong.sample.summary import summary
from rongtong.sample.table import write_table

__all__ = ["Sample", "generate", "summary", "write_table"]
