from __future__ import annotations

from rongtong.definitions.catalogue import catalogue


def test_the_catalogue_as_json(rongtong):
    fields = rongtong("fields", "--json").face("fields")["fields"]
    assert [field["id"] for field in fields] == list(catalogue().fields)
    revenue = next(field for field in fields if field["id"] == "revenue")
    assert (revenue["label"], revenue["unit"], revenue["kind"], revenue["per_year"]) == (
        "营业收入",
        "元",
        "scalar",
        True,
    )


def test_the_catalogue_for_a_person(rongtong):
    answer = rongtong("fields")
    assert [line.split()[0] for line in answer.out.splitlines() if line.startswith("rd_")][:1] == ["rd_expense"]
