"""My notices, how I want to be told, and what could not be sent."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.portal.design.tables import PAGE, export, form_of, show
from rongtong.portal.notifications import operations, queries
from rongtong.portal.notifications.forms import PreferenceForm
from rongtong.portal.notifications.models import Delivery, Notification
from rongtong.portal.notifications.tables import NoticeTable, NotSentTable
from rongtong.portal.people.access import Request, page, require


@require_GET
@page("notifications.read")
def mine(request: Request) -> HttpResponseBase:
    """Everything that I was told."""
    if form := form_of(request):
        return export(NoticeTable(queries.of(request.user)), "通知", form)
    shown = Paginator(queries.of(request.user), PAGE).get_page(request.GET.get("page"))
    context = {"shown": shown, "unread": queries.unread(request.user)}
    return render(request, "notifications/mine.html", context)


@require_POST
@page("notifications.read")
def opened(request: Request, number: int) -> HttpResponse:
    """Read a notice and go where it leads."""
    found = get_object_or_404(Notification, pk=number)
    require(request.user, "notifications.read", found)
    operations.read(actor=request.user, notification=found)
    return redirect(found.url)


@require_POST
@page("notifications.read")
def all_read(request: Request) -> HttpResponse:
    """Mark all as read."""
    operations.read_all(actor=request.user)
    return redirect("notifications:mine")


@require_http_methods(["GET", "POST"])
@page("notifications.read")
def preferences(request: Request) -> HttpResponse:
    """How I want each channel used."""
    given = request.POST if request.method == "POST" else None
    kept = queries.preferences(request.user)
    forms = [(one.way, PreferenceForm(given, instance=one, prefix=name)) for name, one in kept.items()]
    valid = [form.is_valid() for _way, form in forms]  # all of them, so that each shows its errors
    if given is not None and all(valid):
        for _way, form in forms:
            operations.prefer(actor=request.user, channel=form.instance.channel, **form.cleaned_data)
        messages.success(request, _("已保存"), "yes")
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"forms": forms}, status=200 if given is None else 422)


@require_GET
@page("notifications.outbox")
def outbox(request: Request) -> HttpResponseBase:
    """What could not be sent."""
    return show(request, "notifications/outbox.html", NotSentTable(queries.not_sent()), name="未发出的通知")


@require_POST
@page("notifications.outbox")
def again(request: Request, number: int) -> HttpResponse:
    """Send it once more."""
    operations.again(actor=request.user, delivery=get_object_or_404(Delivery, pk=number))
    return redirect("notifications:outbox")
