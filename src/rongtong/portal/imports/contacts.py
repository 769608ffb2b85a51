"""The people of a sheet: never facts, and among the contacts of the firms only when an officer says so.

As little as serves to reach a firm: whoever is named to be asked, the position, the telephone. Identity numbers,
e-mail and legal representatives are left where they are.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from rongtong.facts import digest
from rongtong.portal.imports import readings
from rongtong.portal.imports.models import Upload
from rongtong.portal.people.models import Contact, User
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.workbooks import open_sheets

#: What of a contact a heading tells; what is none of the three is not taken.
PARTS = {
    "phone": re.compile(r"电话|手机|联系方式"),
    "position": re.compile(r"职务|职位"),
    "name": re.compile(r"联系人|经办人|填报人|填表人"),
}
LEFT = re.compile(r"身份证|证件|邮箱|mail|微信|QQ|传真|法定代表人|法人|负责人|控制人", re.IGNORECASE)
NUMBER = re.compile(r"(?<!\d)(?:1\d{10}|(?:0\d{2,3}[- ]?)?[2-9]\d{6,7})(?!\d)")
NAME = re.compile(r"[^\W\d_]{2,4}(?:·[^\W\d_]{1,12})?")
_FIRMS = 'SELECT m.sheet, m."row", f.firm FROM mentions m JOIN firms f USING (n) WHERE m.source = $1 ORDER BY m."row"'
Columns = dict[str, dict[str, dict[str, Any]]]


def columns(found: Iterable[dict[str, Any]]) -> Columns:
    """By sheet the columns of contacts that would be taken, by what they tell; a sheet without telephones has none."""
    sheets: Columns = {}
    for column in found:
        if column["how"] == "contact" and (part := _part(column["heading"])):
            sheets.setdefault(column["sheet"], {}).setdefault(part, column)
    return {sheet: parts for sheet, parts in sheets.items() if "phone" in parts}


def _part(heading: str) -> str | None:
    if LEFT.search(heading):
        return None
    return next((part for part, words in PARTS.items() if words.search(heading)), None)


def of_upload(held: Upload, entry: int, by: User) -> list[Contact]:
    """The contacts that *held*, in force since *entry*, tells of firms whose contacts *by* may see; new ones only."""
    account = readings.load(held.folder)
    taken = columns(account.columns if account else ())
    rows = _firms(held)
    firms = {one.id: one for one in Firm.objects.filter(id__in=set(rows.values()))}
    allowed = {firm for firm, one in firms.items() if by.has_perm("people.view_contact", one)}
    known = set(Contact.objects.filter(firm__in=allowed).values_list("firm", "phone"))
    made: dict[tuple[str, str], Contact] = {}
    for sheet, row, told in _told(held, taken):
        firm = rows.get((sheet, row), "")
        if firm in allowed and (firm, told["phone"]) not in known:
            source = " ".join(filter(None, (held.name, sheet, _("第 {n} 行").format(n=row))))[:300]
            made.setdefault(
                (firm, told["phone"]), Contact(firm=firm, source=source, date=held.date, entry=entry, **told)
            )
    return list(made.values())


def _firms(held: Upload) -> dict[tuple[str, int], str]:
    """The firm of each row of the upload, by sheet and row."""
    with current.snapshot().connect() as connection:
        found = connection.execute(_FIRMS, [digest.of_file(held.path)]).fetchall()
    return {(sheet or "", row): firm for sheet, row, firm in found}


def _told(held: Upload, taken: Columns) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Sheet, row (from 1), and what the row tells of a person; rows without a telephone tell nothing."""
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        for sheet in open_sheets(held.path, Path(folder)):
            parts = {part: column["index"] for part, column in taken.get(sheet.name, {}).items()}
            if parts:
                texts = sheet.cells.select([str(index) for index in parts.values()]).to_pylist()
                for row, line in enumerate(texts, 1):
                    told = read({part: line[str(index)] or "" for part, index in parts.items()})
                    if told["phone"]:
                        yield sheet.name, row, told


def read(texts: dict[str, str]) -> dict[str, str]:
    """Telephone, name and position; a name may stand beside the telephone in one cell."""
    clean = {part: unicodedata.normalize("NFKC", text).strip() for part, text in texts.items()}
    number = NUMBER.search(clean["phone"])
    beside = NAME.search(NUMBER.sub(" ", clean["phone"]))
    name = NAME.search(clean.get("name", "")) or beside
    return {
        "phone": number[0] if number else "",
        "name": name[0] if name else "",
        "position": clean.get("position", "")[:40],
    }
