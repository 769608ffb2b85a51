"""Pages of accounts: registering, claiming a firm, checking claims, giving and taking back roles."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.errors import InputError
from rongtong.portal.design.files import stored
from rongtong.portal.design.forms import told_on
from rongtong.portal.design.tables import export, form_of
from rongtong.portal.people import operations, queries
from rongtong.portal.people.access import Request, page, public, require
from rongtong.portal.people.forms import ClaimForm, GrantForm, ReasonForm, RegisterForm
from rongtong.portal.people.models import OF_FIRMS, Claim, Contact, Grant
from rongtong.portal.people.tables import AuthorisationTable, GrantTable
from rongtong.portal.people.views import address
from rongtong.portal.registry.queries import with_firms

#: So many authorisations in force are listed.
HELD = 200


@require_http_methods(["GET", "POST"])
@public
def register(request: HttpRequest) -> HttpResponse:
    """A new account; then one signs in by code."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.register(**form.cleaned_data, address=address(request))
        except InputError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("已注册，请用手机验证码登录"), "yes")
            return redirect("people:sign-in")
    return render(request, "people/register.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@page("people.claim")
def claim(request: Request) -> HttpResponse:
    """Ask to act for a firm."""
    form = ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.claim(actor=request.user, firm=given.pop("uscc"), **given)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已提交，经办人核验授权书后生效"), "yes")
            return redirect("people:claim")
    context = {"form": form, "mine": with_firms(Claim.objects.filter(user=request.user))}
    return render(request, "people/claim.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@page("people.check_claim")
def claims(request: Request) -> HttpResponseBase:
    """Authorisations that wait to be checked, and those in force."""
    rows, grants = with_firms(queries.claims_to_check(request.user)), queries.claimed(request.user)
    if form := form_of(request):
        return export(AuthorisationTable([*rows, *with_firms(grants)]), "企业授权", form)
    held = with_firms(grants[:HELD])
    return render(request, "people/claims.html", {"rows": rows, "held": held})


@require_GET
@page("people.check_claim")
def letter(request: Request, number: int) -> FileResponse:
    """The stamped authorisation."""
    held = get_object_or_404(Claim, pk=number)
    require(request.user, "people.check_claim", held)
    return stored(held.letter)


@require_POST
@page("people.check_claim")
def accept(request: Request, number: int) -> HttpResponse:
    """It is in order."""
    return _decided(request, lambda held: operations.accept(actor=request.user, held=held), number)


@require_POST
@page("people.check_claim")
def refuse(request: Request, number: int) -> HttpResponse:
    """It is not."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _decided(request, lambda held: operations.refuse(actor=request.user, held=held, reason=reason), number)


@require_POST
@page("people.remove_contact")
def remove_contact(request: Request, number: int) -> HttpResponse:
    """Forget a person to reach at a firm."""
    contact = get_object_or_404(Contact, pk=number)
    operations.remove_contact(actor=request.user, contact=contact)
    messages.success(request, _("已删除这位联系人"), "yes")
    return redirect("registry:firm", contact.firm)


@require_http_methods(["GET", "POST"])
@page("people.manage")
def accounts(request: Request) -> HttpResponseBase:
    """Who has which role; give another."""
    if as_file := form_of(request):
        return export(GrantTable(queries.staff()), "账号与角色", as_file)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            operations.grant(actor=request.user, **form.cleaned_data)
            return redirect("people:accounts")
    context = {"form": form, "grants": queries.staff()}
    return render(request, "people/accounts.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@page("people.manage")
def revoke(request: Request, number: int) -> HttpResponse:
    """Take a role back."""
    try:
        operations.revoke(actor=request.user, held=get_object_or_404(Grant, pk=number))
    except InputError as error:
        messages.error(request, error.sentence, "no")
    return redirect("people:accounts")


@require_POST
@page("people.revoke_claimed")
def revoke_claimed(request: Request, number: int) -> HttpResponse:
    """End an authorisation to act for a firm."""
    operations.revoke_claimed(actor=request.user, held=get_object_or_404(Grant, pk=number, role__in=OF_FIRMS))
    return redirect("people:claims")


def _decided(request: Request, decide: Callable[[Claim], object], number: int) -> HttpResponse:
    held = get_object_or_404(Claim, pk=number)
    try:
        decide(held)
    except InputError as error:
        messages.error(request, error.sentence, "no")
    return redirect("people:claims")
