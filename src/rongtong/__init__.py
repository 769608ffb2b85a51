"""Rongtong 融通: from a messy spreadsheet of firms to signed cooperation.

Start with :mod:`rongtong.facts` (know) and :mod:`rongtong.qualify` (qualify)::

    from rongtong import facts, qualify

    snapshot = facts.read("members.xlsx").settle()
    assessment = qualify.assess(snapshot, "cn/srdi-sme", as_of="2022-10-25")
    assessment.explain(firm)
"""
