"""The list of members, an application from prefilled form to stamped scan, and its review."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.errors import InputError
from rongtong.portal.days import today
from rongtong.portal.design.files import stored
from rongtong.portal.design.forms import told_on
from rongtong.portal.design.tables import export, form_of, show
from rongtong.portal.masking import masked
from rongtong.portal.membership import operations, queries
from rongtong.portal.membership.forms import ApplicationForm, LeaveForm, ReviewForm, ScanForm
from rongtong.portal.membership.models import Application, Kind, Member
from rongtong.portal.membership.tables import ApplicationTable, MemberTable, PastMemberTable
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.registry import door
from rongtong.portal.registry.queries import firm_or_404


@require_GET
@page("membership.list")
def members(request: Request) -> HttpResponseBase:
    """Who belongs to the alliance."""
    left = request.GET.get("left") == "yes"
    found = queries.members(kind=request.GET.get("kind", ""), text=request.GET.get("q", ""), left=left)
    may = request.user.has_perm("membership.review")
    context = {"kinds": Kind.choices, "left": left, "perms_review": may}
    counts = {"count": queries.count(), "count_left": queries.count(left=True)}
    table = PastMemberTable(found) if left else MemberTable(found, leaving=LeaveForm if may else None)
    name = "已退会会员" if left else "会员名单"
    return show(request, "membership/members.html", table, name=name, **context, **counts)


@require_http_methods(["GET", "POST"])
@page("membership.apply")
def apply(request: Request, firm: str) -> HttpResponse:
    """Begin an application."""
    found = firm_or_404(firm)
    require(request.user, "membership.apply", found)
    form = ApplicationForm(request.POST or None, initial={"contact": request.user.name, "phone": request.user.phone})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.apply(actor=request.user, firm=found, **form.cleaned_data)
            return redirect("membership:application", made.pk)
        except InputError as error:
            form.add_error(None, error.sentence)
    status = 422 if request.method == "POST" else 200
    return render(request, "membership/apply.html", {"form": form, "firm": found}, status=status)


@require_http_methods(["GET", "POST"])
@page("membership.view")
def application(request: Request, number: int) -> HttpResponse:
    """The form to print, and where to upload its scan."""
    held = get_object_or_404(Application, pk=number)
    require(request.user, "membership.apply" if request.method == "POST" else "membership.view", held)
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            operations.submit(actor=request.user, application=held, **form.cleaned_data)
            messages.success(request, _("已提交，秘书处审核后通知您"), "yes")
            return redirect("membership:application", number)
    found = firm_or_404(held.firm)
    phone = held.phone if request.user.has_perm("people.view_contact", found) else masked(held.phone)
    context = {"application": held, "firm": found, "form": form, "facts": door.facts(request.user, found)}
    status = 422 if request.method == "POST" else 200
    return render(request, "membership/application.html", context | {"today": today(), "phone": phone}, status=status)


@require_GET
@page("membership.view")
def scan(request: Request, number: int) -> FileResponse:
    """The stamped form."""
    held = get_object_or_404(Application, pk=number)
    require(request.user, "membership.view", held)
    return stored(held.scan)


@require_GET
@page("membership.review")
def review(request: Request) -> HttpResponseBase:
    """Applications that wait."""
    if as_file := form_of(request):
        return export(ApplicationTable(queries.handed_in()), "入会申请", as_file)
    return render(request, "membership/review.html", {"handed": _asked()})


@require_POST
@page("membership.review")
def decide(request: Request, number: int) -> HttpResponse:
    """Accept or send back."""
    held, form = get_object_or_404(Application, pk=number), ReviewForm(request.POST)
    if not form.is_valid():
        return render(request, "membership/review.html", {"handed": _asked({number: form})}, status=422)
    given = form.cleaned_data
    try:
        if request.POST.get("answer") == "accept":
            operations.accept(
                actor=request.user, application=held, since=given["since"], group=given["group"], kind=given["kind"]
            )
        else:
            operations.send_back(actor=request.user, application=held, reason=given["reason"])
    except InputError as error:
        messages.error(request, error.sentence, "no")
    return redirect("membership:review")


@require_POST
@page("membership.review")
def leave(request: Request, number: int) -> HttpResponse:
    """A member leaves."""
    held, form = get_object_or_404(Member, pk=number), LeaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("办理退会要写明日期和原因；日期不能晚于今天"), "no")
        return redirect("membership:members")
    try:
        operations.leave(actor=request.user, member=held, **form.cleaned_data)
    except InputError as error:
        messages.error(request, error.sentence, "no")
    else:
        messages.success(request, _("已办理退会，记录保留在“已退会”里"), "yes")
    return redirect("membership:members")


def _asked(wrong: Mapping[int, ReviewForm] = MappingProxyType({})) -> list[tuple[queries.Handed, ReviewForm]]:
    """The applications that wait, each with its own form, or with the one that could not be taken."""
    found = ((one, one.application.pk) for one in queries.handed_in())
    return [(one, wrong.get(number) or ReviewForm(auto_id=f"review-{number}-%s")) for one, number in found]
