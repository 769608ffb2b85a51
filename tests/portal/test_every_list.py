"""Every list exports: each page that is read shows no list, or gives it as Excel and CSV."""

from __future__ import annotations

import json
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rongtong.facts.reading.model import PROBLEMS
from rongtong.lists import MATCHES as SCHEMA
from rongtong.portal.authoring import trying
from rongtong.portal.authoring.models import Draft
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.comparison.queries import MATCHES
from rongtong.portal.design.tables import XLSX
from rongtong.portal.imports import readings
from rongtong.portal.imports.models import Upload
from rongtong.portal.jobs.models import Job
from rongtong.portal.titles import lasting
from routes import pages, table, thing_of

pytestmark = pytest.mark.either

#: Pages that are read and show no list of their own.
NO_LIST = {
    "the house": {"desk:home", "desk:notice", "desk:publish", "design:components"},
    "one thing": {
        "registry:firm", "registry:cell", "assessment:story", "authoring:draft", "titles:firm",
        "membership:application", "jobs:progress", "paths:path", "paths:days", "introductions:introduction",
        "introductions:thread", "introductions:choice", "postings:posting", "postings:review",
        "rulebooks:rulebook",
    },
    "a form": {
        "authoring:new", "authoring:part", "authoring:text", "people:sign-in", "people:code", "people:password",
        "people:register", "people:claim", "people:link", "membership:apply", "filings:new", "filings:new-title",
        "filings:consent", "introductions:apply", "meetings:new", "notifications:preferences", "postings:new-need",
        "postings:new-offer", "postings:edit", "statements:record",
    },
    "a file": {
        "people:letter", "membership:scan", "filings:document", "filings:shown", "assessment:draft", "authoring:file",
        "imports:marked", "comparison:filled", "introductions:attachment", "introductions:drawing", "postings:drawing",
        "statements:document", "introductions:talk", "introductions:tradeoff",
    },
    "a way to another page": {"filings:home", "titles:home", "paths:home", "introductions:matching"},
}  # fmt: skip
#: For each page that is read a row of the permission matrix about one's own thing, or about none.
READ = {row["page"]: row for row in table() if row["method"] == "GET" and row["object"] != "other"}
LISTS = sorted(READ.keys() - set().union(*NO_LIST.values()))
#: What is asked where a page without it shows no list when there is nothing to do.
ASKED = {"statements:due": {"rulebook": "cn/srdi-sme"}}
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


@pytest.fixture
def things(made, settings, tmp_path) -> dict[tuple[str, str], int]:
    """The things that pages are about, the upload read and the list compared."""
    settings.MEDIA_ROOT = tmp_path
    held = Upload.objects.get(pk=made["imports", "own"])
    held.folder.mkdir(parents=True)
    (held.folder / readings.ACCOUNT).write_text(json.dumps({"columns": [], "ignored": [], "counts": {}}))
    pq.write_table(PROBLEMS.empty_table(), held.folder / readings.PROBLEMS)
    Comparison.objects.filter(pk=made["comparison", "own"]).update(counts={"rows": 0})
    compared = Comparison.objects.get(pk=made["comparison", "own"])
    compared.rights = compared.made_by.rights
    compared.save()
    compared.folder.mkdir(parents=True)
    pq.write_table(SCHEMA.empty_table(), compared.folder / MATCHES)
    if not lasting.ready():
        lasting.KEPT.made(lasting.key(), partial(pq.write_table, lasting.SCHEMA.empty_table()))
    tried(Draft.objects.get(pk=made["authoring", "own"]))
    return made


def tried(draft: Draft) -> None:
    """A trial of *draft* that says nothing of anybody."""
    result = {"sha256": draft.sha256, "snapshot": "", "as_of": "2022-10-25", "grants": True, "form": trying.FORM}
    draft.trial = Job.objects.create(kind="try-rulebook", state=Job.State.DONE, result=result)
    draft.save()
    texts, lists = ("firm", "uscc", "name", "district", "before", "after", "way"), ("stuck",)
    columns = {name: pa.string() for name in texts} | {name: pa.list_(pa.string()) for name in lists}
    schema = pa.schema({"n": pa.int32(), **columns, "low": pa.float64(), "high": pa.float64()})
    trying.file_of(draft.pk, draft.trial_id).parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(schema.empty_table(), trying.file_of(draft.pk, draft.trial_id))


@pytest.fixture
def look(client_of, own_firm, things):
    """The answer of a page to the first role that may open it."""

    def ask(page: str, **query: str):
        row = READ[page]
        role = next(one for one in (*client_roles(row), None) if one)
        return client_of(role).get(thing_of(page, row["object"], own_firm, things), query)

    return ask


def client_roles(row: dict[str, str]) -> list[str]:
    return [role for role in row if role not in ("page", "method", "object", "public") and row[role] == "yes"]


def test_every_page_that_shows_no_list_is_a_page():
    assert sorted(set().union(*NO_LIST.values()) - set(pages())) == []


@pytest.mark.parametrize("page", LISTS)
def test_every_list_exports_and_its_page_leads_there(page, look):
    answers = {form: look(page, export=form) for form in TYPES}
    assert {form: (one.status_code, one["Content-Type"]) for form, one in answers.items()} == {
        form: (200, kind) for form, kind in TYPES.items()
    }
    assert [one["Content-Disposition"].split("_20221025.")[1:] for one in answers.values()] == [[one] for one in TYPES]
    assert "export=xlsx" in look(page, **ASKED.get(page, {})).content.decode()


def test_a_claim_that_waits_stands_in_the_export_with_its_firm(look, own_firm):
    text = b"".join(look("people:claims", export="csv").streaming_content).decode("utf-8-sig")
    assert [line.split(",")[:3] for line in text.splitlines()[1:2]] == [
        [own_firm.name, own_firm.uscc, own_firm.district]
    ]
