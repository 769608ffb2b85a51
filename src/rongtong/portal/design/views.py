"""The living page of components, and the pages of what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rongtong.portal.design import examples
from rongtong.portal.people.access import public


@require_GET
@public
def components(request: HttpRequest) -> HttpResponse:
    """Every component, with the markup that it is drawn from."""
    return render(request, "design/components.html", {"examples": examples.rendered(request)})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    del exception
    told = {"error": _("您没有查看这个页面的权限"), "mend": _("请换用有权限的账号登录，或联系管理员")}
    return render(request, "design/error.html", {"error": told}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    del exception
    told = {"error": _("没有这个页面"), "mend": _("网址可能写错，或内容已经移走")}
    return render(request, "design/error.html", {"error": told}, status=404)


def our_mistake(request: HttpRequest) -> HttpResponse:
    """500: a page that needs nothing else to work."""
    del request
    return HttpResponse(render_to_string("design/mistake.html"), status=500)
