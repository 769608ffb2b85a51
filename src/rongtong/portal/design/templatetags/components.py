"""The components that bring a template of their own; each is shown on ``/design/``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongtong.portal.design.templatetags.design import VERDICTS

register = template.Library()


@register.inclusion_tag("design/source.html")
def source(claim: Any, firm: str = "") -> dict[str, Any]:
    """Where a figure stands: file, sheet and cell, dotted underline, one tap to the cell."""
    return {"claim": claim, "firm": firm}


@register.inclusion_tag("design/figure.html")
def figure(
    label: str, number: object, note: str = "", kind: str = "", *, href: str = "", line: str = ""
) -> dict[str, object]:
    """One live figure with what it counts, and its line over the years."""
    shown = f"{number:,}" if isinstance(number, int) else number
    return {"label": label, "number": shown, "note": note, "kind": kind, "href": href, "line": line}


@register.inclusion_tag("design/changed.html")
def changed(word: str, before: int, after: int) -> dict[str, object]:
    """The firms of a verdict before and after, and by how many they differ."""
    kind, label = VERDICTS[word]
    by = f"{'+' if after > before else '−'}{abs(after - before):,}" if after != before else ""
    return {"kind": kind, "label": _(label), "before": before, "after": after, "by": by}


@register.inclusion_tag("design/slider.html")
def slider(one: Any) -> dict[str, Any]:
    """A bound to be moved: a slider where there is JavaScript, and always the number, which is what is sent."""
    return {"one": one}


@register.inclusion_tag("design/steps.html")
def steps(current: int, *names: str) -> dict[str, object]:
    """The steps of a task: those done, the one at hand (from 1), those to come."""
    return {"steps": [(n, name, n < current, n == current) for n, name in enumerate(names, 1)]}


@register.inclusion_tag("design/notice.html")
def notice(text: str, kind: str = "plain") -> dict[str, str]:
    """A sentence that wants to be seen: yes, no, unknown or plain."""
    return {"text": text, "kind": kind}


@register.simple_tag
def progress(share: float) -> SafeString:
    """How much of a job is done, 0 to 1."""
    told = '<progress class="rt-progress" max="1" value="{}" aria-label="{}"></progress>'
    return format_html(told, str(share), _("进度"))


@register.inclusion_tag("design/timeline.html")
def timeline(entries: list[tuple[Any, str, str]]) -> dict[str, object]:
    """What was done, when and by whom, the latest first."""
    return {"entries": entries}


@register.inclusion_tag("design/empty.html")
def empty(title: str, text: str = "", href: str = "", action: str = "") -> dict[str, str]:
    """A list with nothing in it: what it would show, and what to do."""
    return {"title": title, "text": text, "href": href, "action": action}


@register.inclusion_tag("design/exports.html", takes_context=True)
def exports(context: template.Context) -> dict[str, Any]:
    """The list as Excel and CSV."""
    return {"request": context["request"]}
