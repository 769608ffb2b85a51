"""Filings (填报): what a firm says of itself, with a document, and what an officer confirms of it.

A confirmed filing becomes a small workbook of its own, kept as the source and imported like any other, so that its
cell, its document and page, and who confirmed it can always be shown.
"""
