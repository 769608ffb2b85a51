"""Every message of the code and the templates; run as a script it prints those that have no English yet."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import rongtong

SOURCE = Path(rongtong.__file__).parent
KEYWORDS = {"_": None, "mark": None, "translate": None, "gettext": None, "gettext_lazy": None}
_CALL = re.compile(r"gettext\(u?(?P<literal>(?P<quote>['\"])(?:\\.|(?!(?P=quote)).)*(?P=quote))")


def of_code() -> set[str]:
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {text for _file, _line, text, _comments, _context in found if isinstance(text, str)}


def of_templates() -> set[str]:
    found = (templatize(file.read_text(encoding="utf-8")) for file in SOURCE.rglob("templates/**/*.html"))
    return {ast.literal_eval(match["literal"]) for text in found for match in _CALL.finditer(text)}


def english() -> dict[str, str]:
    with (SOURCE / "locale" / "en.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    known = english()
    print(*sorted(text for text in of_code() | of_templates() if not known.get(text)), sep="\n")
