"""Duties: what the holder of a title owes and by when, as data (``catalogue/duties``), asked of a snapshot.

duties.due_sql(snapshot, on=date(2022, 10, 25), until=date(2023, 4, 25))    # firm, duty, title, due, done
"""

from rongtong.duties.due import due_sql
from rongtong.duties.ends import assumption, ends_sql
from rongtong.duties.schema import Duty, duties, rulebooks

__all__ = ["Duty", "assumption", "due_sql", "duties", "ends_sql", "rulebooks"]
