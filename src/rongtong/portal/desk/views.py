"""The public home with its notices, and the workbench."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.portal.design.forms import told_on
from rongtong.portal.design.tables import export, form_of, show
from rongtong.portal.desk import operations, queries
from rongtong.portal.desk.figures import figures
from rongtong.portal.desk.forms import NoticeForm
from rongtong.portal.desk.models import Notice
from rongtong.portal.desk.tables import NoticeTable, WaitingTable
from rongtong.portal.introductions.published import headline
from rongtong.portal.people.access import Request, page, public
from rongtong.portal.postings import queries as postings
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.queries import own_firms

#: Of what is new the front page shows so many.
NEWEST = 5


@require_GET
@public
def home(request: HttpRequest) -> HttpResponse:
    """The front of the house, for everybody."""
    needs = list(postings.hall(request.user, Posting.Side.NEED)[:NEWEST])
    contracts, days = headline()
    context = {
        "figures": figures(),
        "notices": queries.notices()[:NEWEST],
        "needs": needs,
        "names": postings.named(needs),
        "contracts": contracts,
        "days": days,
    }
    return render(request, "desk/home.html", context)


@require_GET
@public
def notices(request: HttpRequest) -> HttpResponseBase:
    """Every notice, the latest first."""
    return show(request, "desk/notices.html", NoticeTable(queries.notices()), name="公示与通知")


@require_GET
@public
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """One notice."""
    return render(request, "desk/notice.html", {"notice": get_object_or_404(queries.notices(), pk=number)})


@require_http_methods(["GET", "POST"])
@page("desk.publish")
def publish(request: Request) -> HttpResponse:
    """Write a notice."""
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            made = operations.publish(actor=request.user, **form.cleaned_data)
            messages.success(request, _("已发布，首页可见"), "yes")
            return redirect("desk:notice", made.pk)
    return render(request, "desk/publish.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_POST
@page("desk.publish")
def withdraw(request: Request, number: int) -> HttpResponse:
    """Take a notice down."""
    operations.withdraw(actor=request.user, notice=get_object_or_404(Notice, pk=number))
    messages.success(request, _("已撤下，记录保留"), "yes")
    return redirect("desk:notices")


@require_GET
@page("desk.view")
def today(request: Request) -> HttpResponseBase:
    """What waits for me; for a firm, three things today and its own places."""
    waiting = queries.waiting(request.user)
    if form := form_of(request):
        return export(WaitingTable(waiting), "待办事项", form)
    user = request.user
    firms = [(one, queries.is_member(one), queries.standing(user, one)) for one in own_firms(user)]
    context = {"waiting": waiting, "firms": firms, "may_file": user.has_perm("filings.file")}
    return render(request, "desk/today.html", context)
