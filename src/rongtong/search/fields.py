"""The fields of the index and how each is cut into terms.

What people type becomes whole terms wherever that is possible: up to four characters side by side are one term, and so
are up to eight letters from the beginning of a syllable. A term's posting list gives hits and total at once, without
comparing positions.
"""

from __future__ import annotations

import tantivy
from tantivy import Tokenizer

from rongtong.search.readings import REACH

GRAM = 4
"""Characters side by side that are one term."""
HEAD = 6
"""Characters of a beginning that are one term."""
LETTERS = 5
"""Letters side by side that are one term, for pinyin beyond :data:`REACH`."""
CODE = range(4, 14)
"""Lengths of a code's beginning that are one term; what is longer leads to a few firms at most."""

TEXTS = ("name", "other", "product")
"""Fields that are searched for characters side by side; beyond :data:`GRAM` with positions, in ``<field>_at``."""
FILTERS = ("district", "industry", "chain")
HELD = "held"
"""All spells of a firm's titles as one value, so that one count of values counts every title on any day."""
RANK = "rank"
"""A firm's place in the order without a query: its row in the table of what is shown."""

_TOKENIZERS = {
    "grams": Tokenizer.ngram(1, GRAM),
    "characters": Tokenizer.regex("(?s)."),
    "starts": Tokenizer.ngram(1, REACH, prefix_only=True),
    "letters": Tokenizer.ngram(LETTERS, LETTERS),
    "initials": Tokenizer.ngram(2, GRAM),
    "heads": Tokenizer.ngram(1, HEAD, prefix_only=True),
    "codes": Tokenizer.ngram(CODE[0], CODE[-1], prefix_only=True),
}
_FIELDS = {
    **dict.fromkeys(TEXTS, "grams"),
    "starts": "starts",
    "letters": "letters",
    "initials": "initials",
    "whole": "raw",
    "name_head": "heads",
    "core_head": "heads",
    "code": "raw",
    "code_head": "codes",
    "code_back": "raw",
    "title": "raw",
}


def schema() -> tantivy.Schema:
    """The fields; nothing is stored, what is shown stands in a table of its own."""
    builder = tantivy.SchemaBuilder()
    for name, tokenizer in _FIELDS.items():
        builder.add_text_field(name, tokenizer_name=tokenizer, index_option="basic")
    for name in TEXTS:
        builder.add_text_field(f"{name}_at", tokenizer_name="characters")
    for name in (*FILTERS, HELD):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field(RANK, fast=True)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Tell *index* how fields are cut."""
    for name, tokenizer in _TOKENIZERS.items():
        index.register_tokenizer(name, tantivy.TextAnalyzerBuilder(tokenizer).build())
