"""Whatever names a firm is found by what hangs on firms, and can be told to a person."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command

from rongtong.portal.firm_ids import FirmId, column, columns

#: Projections and what is said about merges themselves.
OTHERWISE = {"registry.pending", "registry.absorbed", "registry.between"}


def test_every_column_called_firm_is_one():
    found = {
        model._meta.label_lower
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name == "firm" and not isinstance(field, FirmId)
    }
    assert found == OTHERWISE


@pytest.mark.parametrize("one", columns(), ids=lambda one: one.model._meta.label_lower)
def test_each_says_what_it_is_and_names_what_there_is(one):
    names = [*one.shows, *(path.split("__")[0] for path in (one.at, one.by) if path)]
    attributes = {field.name for field in one.model._meta.get_fields()} | set(dir(one.model))
    assert (str(one.what) != "", set(names) - attributes) == (True, set())
    assert column(one.model._meta.label_lower) is one


@pytest.mark.django_db
def test_the_database_knows_nothing_of_it():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
