"""Statements (核查判断): what a person in charge judges, reads off elsewhere or checks offline, on a day.

Each becomes a slip of its own, imported with the source 审核记录, so that every verdict cites it like any other cell; a
correction takes the place of what it corrects, and both stay on record.
"""
