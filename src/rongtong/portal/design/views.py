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


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent is nothing that a page of ours sends; nothing of it is looked at again."""
    del request, exception
    told = {"title": _("请求无法识别"), "mend": _("请回到网页，刷新后再试")}
    return HttpResponse(render_to_string("design/mistake.html", told), status=400)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without our sign, as of a page that was open while somebody signed in again."""
    del reason
    told = {"error": _("页面已过期，没有提交"), "mend": _("请返回上一页并刷新，再提交一次；浏览器要允许 Cookie")}
    return render(request, "design/error.html", {"error": told}, status=403)


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
    told = {"title": _("程序出错，已记入日志"), "mend": _("请稍后再试；仍不成功时请告诉管理员出错的时间")}
    return HttpResponse(render_to_string("design/mistake.html", told), status=500)
