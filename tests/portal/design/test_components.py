"""The living page shows every component, each drawn from the markup beneath it."""

from __future__ import annotations

import re

import pytest
from django.test import RequestFactory

from rongtong.portal.design import examples, pictures
from rongtong.portal.design.templatetags import components, design

pytestmark = pytest.mark.django_db
#: Of the other tags those that draw.
DRAWN = {"mark", "score_bar", "small_bar", "verdict"}
#: How each component that is asked for is known on a page.
CLASSES = [
    "rt-head", "rt-filter", "rt-table", "rt-source", "rt-mark", "rt-chip", "rt-card", "rt-bar-score", "rt-timeline",
    "rt-steps", "rt-empty", "rt-progress", "rt-notice", "rt-change", "rt-slide",
]  # fmt: skip


def test_every_tag_that_draws_is_shown():
    used = set(re.findall(r"{% (\w+)", " ".join(text for _name, text in examples.EXAMPLES)))
    assert set(design.register.tags) >= DRAWN
    assert (set(components.register.tags) | DRAWN) - used == set()


@pytest.mark.parametrize("name", CLASSES)
def test_every_component_is_drawn(name):
    drawn = [html for _name, _text, html in examples.rendered(RequestFactory().get("/design/"))]
    assert [html for html in drawn if re.search(rf'class="[^"]*\b{name}\b', html)] != []


def test_the_page_prints_the_markup_beneath_what_it_draws(client):
    page = client.get("/design/").content.decode()
    assert [text for text in ("{% mark True %}", "{% score_bar 52 72 60 100 %}") if text not in page] == []


def test_a_curve_that_is_flat_lies_on_its_ground():
    drawn = pictures.curve("门槛", "提问", "差错", [(26, 0.0, "50%–90%", False), (29, 0.0, "2%–99.99%", True)])
    assert re.findall(r'points="(.*?)"', drawn) == ["70.0,180.0 570.0,180.0"]
    assert (drawn.count(">0.0<"), drawn.count(">0.1<")) == (1, 1)
