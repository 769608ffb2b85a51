"""The field catalogue: every fact the engines know of, as data in ``rongtong/catalogue/fields``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from copy import copy
from decimal import Decimal
from functools import cache
from typing import Literal, Self

from rongtong.definitions.classes import ClassFile
from rongtong.definitions.loader import Document, Loc, Model, Source, folder, read
from rongtong.definitions.slots import Slot
from rongtong.i18n import _

Type = Literal["text", "code", "money", "integer", "number", "ratio", "date", "year", "boolean", "level"]
Measure = Literal["count", "any", "amount"]
Effort = Literal["low", "medium", "high"]
Sensitivity = Literal["public", "internal", "confidential", "personal"]

#: The Arrow/DuckDB type in which a fact of each catalogue type is kept, and the unit it is kept in.
SQL_TYPES: dict[Type, str] = {
    "text": "VARCHAR", "code": "VARCHAR", "level": "VARCHAR", "boolean": "BOOLEAN", "date": "DATE",
    "money": "DECIMAL(18,2)", "integer": "BIGINT", "year": "SMALLINT",
    "number": "DECIMAL(18,4)", "ratio": "DECIMAL(18,8)",
}  # fmt: skip
MEASURE_TYPES: dict[str, Type] = {"count": "integer", "any": "boolean", "amount": "money"}
KEPT_IN: dict[Type, str] = {"money": "元", "ratio": "1", "date": "日期", "year": "年"}
NUMERIC = ("money", "ratio", "number", "integer")

#: The fields that name a firm.
IDENTITY = ("name", "uscc")


class Lever(Model):
    """How a firm can change a fact: which way, with how much effort, and when it can first take effect.

    *months* it takes at least. *limit*: the most it can change, as a multiple of what it was (from nothing: without
    limit). *papers* show that it changed. Of a subset: what a new *record* says, and its attribute (*dated_by*) that
    says since when. All of this is judged, not read from a document.
    """

    direction: Literal["up", "down", "set"]
    effort: Effort
    earliest: Literal["now", "next_quarter", "next_year_end"]
    months: int = 0
    limit: Decimal | None = None
    papers: tuple[str, ...] = ()
    record: dict[str, str | bool | int] = {}
    dated_by: str = ""


class Attribute(Model):
    """One attribute of the records of a list; *written* is what people write for a value: ``{软著: 软件著作权}``."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    type: Type
    values: tuple[str, ...] = ()
    written: dict[str, str] = {}


#: How what is no figure of the firm is decided: by whoever says so, on a day; unknown until then.
Statement = Literal["document", "outside_score", "judgement", "offline_check"]


class Subset(Model):
    """A part of a list that can be counted, stated and asked for.

    *when* selects its records; *within* names the subsets that contain it; *labels* are the headings under which
    workbooks state its count (``count``), whether there is any (``any``), or the sum of its amounts (``amount``).
    *settled_by* is whose reply makes the absence of a record mean that there is none. *lever*: how a firm can get one
    more.
    """

    id: str
    label: str
    when: str
    within: tuple[str, ...] = ()
    labels: dict[Measure, tuple[str, ...]] = {}
    settled_by: str = ""
    lever: Lever | None = None


class Term(Model):
    """For how many *years* records of some *kinds* are granted."""

    kinds: tuple[str, ...]
    years: int
    source: Source


class Validity(Model):
    """From when until when a record is in force, by its attributes: *since* a day, to a last day (*until*).

    An entry in a register ends on the day on which it was *removed*: it stands as long as no removal is known. *terms*
    are an assumption for where no last day is stated: reminders go by them, verdicts do not.
    """

    since: str
    until: str = ""
    removed: str = ""
    terms: tuple[Term, ...] = ()

    def term(self, kind: str) -> Term | None:
        """For how long records of *kind* are granted, where that is known."""
        return next((one for one in self.terms if kind in one.kinds), None)


class Field(Model):
    """A fact about a firm: a scalar, a scalar per year, or a list of records.

    *none_from*: the only sources that may state that a list, or a subset of it, holds nothing (empty: any may).
    *only_from*: the only sources that may state it at all (empty: any may); what another says is not taken in.
    *at_most*: the field whose value of the same year this one's does not exceed. *written*: what people write for a
    value. *classified*: the rule of classes by which a level follows from other facts. *statement*: what kind of
    recorded statement it is, if it is one. *ages*: every year adds one to it. *latest*: of a date, that a period stands
    for its last day. *names*: that it holds names of the firm: a cell may hold several, and what sources say adds up.
    """

    id: str
    kind: Literal["scalar", "list"] = "scalar"
    label: str
    label_en: str
    synonyms: tuple[str, ...] = ()
    type: Type = "text"
    unit: str = ""
    values: tuple[str, ...] = ()
    written: dict[str, str] = {}
    per_year: bool = False
    minimum: float | None = None
    maximum: float | None = None
    at_most: str = ""
    derived: str = ""
    classified: str = ""
    statement: Statement | None = None
    definition: str
    source: str
    sensitivity: Sensitivity = "internal"
    source_rank: tuple[str, ...] = ()
    tolerance: float = 0.0
    lever: Lever | None = None
    ages: bool = False
    latest: bool = False
    names: bool = False
    key: tuple[str, ...] = ()
    dated_by: str = ""
    valid: Validity | None = None
    none_from: tuple[str, ...] = ()
    only_from: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    subsets: tuple[Subset, ...] = ()

    @property
    def stored_unit(self) -> str:
        """The unit in which values of this field are kept and shown to machines."""
        return self.unit or KEPT_IN.get(self.type, "")

    def attribute(self, attribute_id: str) -> Attribute | None:
        """The attribute of that id, or None."""
        return next((a for a in self.attributes if a.id == attribute_id), None)

    def subset(self, subset_id: str) -> Subset | None:
        """The subset of that id, or None."""
        return next((s for s in self.subsets if s.id == subset_id), None)


class FieldFile(Model):
    """One file of the catalogue.

    *anchors* are the fields of which a row must say one to count (empty: the firm's name or code). With *plans*
    headings may speak of what is planned (预计, 拟), else such a column is refused as no fact.
    """

    kind: Literal["fields"]
    title: str
    anchors: tuple[str, ...] = ()
    plans: bool = False
    fields: tuple[Field, ...] = ()
    contacts: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    source_kinds: dict[str, str] = {}


class Catalogue:
    """All fields by id, the headings that hold people's contacts, and the kinds of source."""

    def __init__(self, documents: list[Document], classes: Sequence[Document] = ()) -> None:
        files = [document.parse(FieldFile) for document in documents]
        self.fields: dict[str, Field] = {}
        for document, file in zip(documents, files, strict=True):
            for index, field in enumerate(file.fields):
                if field.id in self.fields:
                    raise document.error(("fields", index), _("字段 {id} 定义了两次", id=field.id))
                self.fields[field.id] = field
                _check_words(document, ("fields", index), field)
                if field.at_most and field.at_most not in self.fields:
                    raise document.error(
                        ("fields", index, "at_most"), _("没有字段 {id}；请写在它后面", id=field.at_most)
                    )
        self.groups = {file.title: tuple(field.id for field in file.fields) for file in files if file.fields}
        self.contacts = tuple(heading for file in files for heading in file.contacts)
        self.ignored = tuple(heading for file in files for heading in file.ignored)
        self.anchors = tuple(name for file in files for name in file.anchors) or IDENTITY
        self.plans = any(file.plans for file in files)
        self.source_kinds = {k: v for file in files for k, v in file.source_kinds.items()}
        self.classes = {file.id: file for file in (document.parse(ClassFile) for document in classes)}
        hashes = sorted(document.sha256 for document in (*documents, *classes))
        self.sha256 = hashlib.sha256("".join(hashes).encode()).hexdigest()

    def __getitem__(self, field_id: str) -> Field:
        return self.fields[field_id]

    def with_fields(self, fields: Iterable[Field]) -> Self:
        """The same with *fields* of another catalogue."""
        made = copy(self)
        made.fields = self.fields | {field.id: field for field in fields}
        return made

    def type_of(self, slot: Slot) -> Type:
        """The catalogue type of a slot's values. Raises KeyError when the catalogue knows no such slot."""
        field = self.fields[slot.field]
        if slot.part is None:
            if field.kind == "list":
                raise KeyError(str(slot))
            return field.type
        if attribute := field.attribute(slot.part):
            return attribute.type
        subset, _, measure = slot.part.partition(".")
        if field.subset(subset) is None:
            raise KeyError(str(slot))
        return MEASURE_TYPES[measure or "count"]

    def sql_type(self, slot: Slot) -> str:
        """The SQL type in which a slot's values are kept. Raises KeyError as :meth:`type_of`."""
        return SQL_TYPES[self.type_of(slot)]

    @property
    def lists(self) -> list[Field]:
        """The fields that are lists of records."""
        return [field for field in self.fields.values() if field.kind == "list"]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that hold names of a firm beside its own."""
        return tuple(field.id for field in self.fields.values() if field.names)

    @property
    def scalars(self) -> list[Field]:
        """The fields that are single values, per year or not."""
        return [field for field in self.fields.values() if field.kind == "scalar"]


def _check_words(document: Document, at: Loc, field: Field) -> None:
    """Raise :class:`DefinitionError` where a word of a list means two things: an id, or a heading."""
    attributes, subsets = list(enumerate(field.attributes)), list(enumerate(field.subsets))
    _once(document, _("编号"), [((*at, "attributes", k, "id"), one.id) for k, one in attributes])
    _once(document, _("编号"), [((*at, "subsets", k, "id"), one.id) for k, one in subsets])
    labels = [((*at, "attributes", k, "label"), one.label) for k, one in attributes]
    synonyms = [
        ((*at, "attributes", k, "synonyms", place), word)
        for k, one in attributes
        for place, word in enumerate(one.synonyms)
    ]
    _once(document, _("叫法"), labels + synonyms)
    headings = [
        ((*at, "subsets", k, "labels", measure, place), word)
        for k, one in subsets
        for measure, words in one.labels.items()
        for place, word in enumerate(words)
    ]
    _once(document, _("叫法"), headings)


def _once(document: Document, kind: str, words: list[tuple[Loc, str]]) -> None:
    seen: set[str] = set()
    for at, word in words:
        if word in seen:
            what = _("{kind}“{word}”在同一清单中出现两次", kind=kind, word=word)
            raise document.error(at, what, _("请改掉其中一个"))
        seen.add(word)


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with the package."""
    fields, classes = (sorted((folder() / name).rglob("*.yaml")) for name in ("fields", "classes"))
    return Catalogue([read(path) for path in fields], [read(path) for path in classes])
