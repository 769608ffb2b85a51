"""However many needs and offers there are, the database is asked as often."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.cooperation import buyers
from rongtong.portal.introductions import balancing, finding, judging, rows, suggesting, tasks
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.jobs.models import Job
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry.models import Firm

ACTS = {
    "offers": lambda *_: rows.offers_of(),
    "the offers of one firm": lambda _need, firm: rows.offers_of({firm.id}),
    "who avoids": lambda need, _firm: judging.avoiding(need),
    "the tick of the worker": lambda *_: tasks.want_found(),
    "what waits to be found": lambda *_: finding.waiting(),
    "suggestions": lambda need, _firm: suggesting.suggest(need),
    "how they are found": lambda need, _firm: suggesting.how(need),
    "what is known of one": suggesting.known,
    "the limits of an assignment": lambda *_: balancing._limits(balancing.open_needs()),
}


@pytest.fixture
def grown(need, owner, own_firm):
    """So many needs and offers in all, each offer of another firm that leaves somebody out, each need introduced."""

    def grow(n: int) -> None:
        firms = [own_firm, *Firm.objects.exclude(id__in=[need.firm, own_firm.id]).order_by("n")][:n]
        given = {"kind": "parts", "state": "open", "expires_on": need.expires_on, "made_by": owner}
        for firm in firms[Posting.objects.filter(side="offer").count() :]:
            offer = Posting.objects.create(side="offer", firm=firm.id, title=f"法兰{firm.n}", named=True, **given)
            asked = Posting.objects.create(side="need", firm=buyers()[2].id, title=f"机架{firm.n}", **given)
            for one in (offer, asked):
                PrivateHalf.objects.create(posting=one, excludes=["青岛回避有限公司"])
            Introduction.objects.create(need=asked, firm=firm.id, origin="officer", made_by=owner)

    return grow


@pytest.mark.parametrize("act", ACTS)
def test_a_market_ten_times_as_large_takes_no_more_queries(grown, need, own_firm, act):
    counts = []
    for n in (5, 5, 50):  # the first time, what is kept of the snapshot is not there yet
        grown(n)
        Job.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            ACTS[act](need, own_firm)
        counts.append(len(asked))
    assert counts[1] == counts[2]
