"""Pictures drawn on the server: the same on screen, in print and in the report."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rongtong.i18n import joined

_YES = (
    '<circle cx="10" cy="10" r="9" fill="#2b7356"/>'
    '<path d="M5.5 10.5l3 3 6-7" fill="none" stroke="#fff" stroke-width="2"/>'
)
_NO = (
    '<circle cx="10" cy="10" r="8.5" fill="none" stroke="#b0412b" stroke-width="1.75"/>'
    '<path d="M6.8 6.8l6.4 6.4m0-6.4l-6.4 6.4" stroke="#b0412b" stroke-width="1.75"/>'
)
_UNKNOWN = (
    '<circle cx="10" cy="10" r="8.5" fill="none" stroke="#7d5a00" stroke-width="1.75" stroke-dasharray="3 2.3"/>'
    '<path d="M7.6 8.2a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .7-1 1.4v.3M10 14.2v.9" fill="none" stroke="#7d5a00"'
    ' stroke-width="1.6"/>'
)


def mark(holds: bool | None) -> SafeString:
    """The mark of yes, no and unknown."""
    shape, word = {True: (_YES, _("是")), False: (_NO, _("否")), None: (_UNKNOWN, _("未知"))}[holds]
    return format_html(
        '<svg class="rt-mark" viewBox="0 0 20 20" role="img" aria-label="{}">{}</svg>',
        word,
        mark_safe(shape),  # noqa: S308 -- drawn above
    )


def score_bar(low: float, high: float, threshold: float | None, most: float) -> SafeString:
    """A bar of 0 to *most* points: certain to *low*, possible to *high*, with a line at *threshold*."""
    wide = 600 / most
    told = _("至少 {low} 分，至多 {high} 分").format(low=_plain(low), high=_plain(high))
    if threshold is not None:
        told += _("，{threshold} 分线").format(threshold=_plain(threshold))
    line = "" if threshold is None else format_html(
        '<path d="M{0} 16V40" stroke="#b0412b" stroke-width="2"/>'
        '<text x="{0}" y="54" text-anchor="middle" font-size="12" fill="#b0412b">{1}</text>',
        threshold * wide, _("{threshold} 分线").format(threshold=_plain(threshold)),
    )  # fmt: skip
    ends = format_html(
        '<text x="{}" y="12" text-anchor="end" font-size="12" fill="#1d2b38">{}</text>'
        '<text x="{}" y="12" font-size="12" fill="#4c5b69">{}</text>',
        max(low * wide - 4, 60), _("至少 {low} 分").format(low=_plain(low)),
        min(high * wide + 4, 540), _("至多 {high} 分").format(high=_plain(high)),
    ) if low < high else format_html(
        '<text x="{}" y="12" text-anchor="middle" font-size="12" fill="#1d2b38">{}</text>',
        min(max(low * wide, 24), 576), _("{score} 分").format(score=_plain(low)),
    )  # fmt: skip
    return format_html(
        '<svg class="rt-bar-score" viewBox="0 0 600 58" role="img" aria-label="{}"><title>{}</title>'
        '<defs><pattern id="rt-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="8" height="8" fill="#e9f1f8"/><rect width="4" height="8" fill="#0f4c81"/></pattern></defs>'
        '<rect y="20" width="600" height="16" rx="3" fill="#eceeef"/>'
        '<rect y="20" x="{}" width="{}" height="16" fill="url(#rt-hatch)"/>'
        '<rect y="20" width="{}" height="16" rx="3" fill="#0f4c81"/>{}{}</svg>',
        told, told, low * wide, max(high - low, 0) * wide, low * wide, ends, line,
    )  # fmt: skip


def small_bar(low: float, high: float, most: float) -> SafeString:
    """A bar of 0 to *most* points for a row of a table; the figures stand beside it."""
    wide = 120 / most
    return format_html(
        '<svg class="rt-bar-small" viewBox="0 0 120 8" aria-hidden="true"><rect width="120" height="8" fill="#eceeef"/>'
        '<rect x="{}" width="{}" height="8" fill="url(#rt-hatch)"/><rect width="{}" height="8" fill="#0f4c81"/></svg>',
        low * wide, max(high - low, 0) * wide, low * wide,
    )  # fmt: skip


def columns(title: str, names: tuple[str, str], groups: Sequence[tuple[str, int, int]]) -> SafeString:
    """Two columns side by side for each of *groups* (label, first, second), with their figures above them."""
    most = max([1, *(n for _label, *pair in groups for n in pair)])
    wide = 600 / max(len(groups), 1)
    drawn = [
        format_html(
            '<g transform="translate({} 0)">{}{}<text x="{}" y="176" text-anchor="middle" font-size="12"'
            ' fill="#4c5b69">{}</text></g>',
            at * wide, _column(wide / 2 - 17, first, most, "#0f4c81"), _column(wide / 2 + 1, second, most, "#2b7356"),
            wide / 2, label,
        )
        for at, (label, first, second) in enumerate(groups)
    ]  # fmt: skip
    told = joined((f"{label} {names[0]} {first}，{names[1]} {second}" for label, first, second in groups), "；")
    return format_html(
        '<svg class="rt-columns" viewBox="0 0 600 184" role="img" aria-label="{}"><title>{}</title><desc>{}</desc>'
        '<path d="M0 160H600" stroke="#dfe3e6"/>{}</svg>',
        title, title, told, format_html_join("", "{}", ((one,) for one in drawn)),
    )  # fmt: skip


def trend(title: str, points: Sequence[tuple[str, int]]) -> SafeString:
    """A line without scales through *points* (label, number), for the card whose figure is the last of them."""
    numbers = [n for _label, n in points]
    step = 200 / max(len(points) - 1, 1)
    way = " ".join(f"{at * step:g},{_scaled(n, numbers, 28, 4)}" for at, n in enumerate(numbers))
    told = joined((f"{label} {n:,}" for label, n in points), "；")
    return format_html(
        '<svg class="rt-trend" viewBox="-2 0 204 32" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<title>{}</title><desc>{}</desc><polyline points="{}" fill="none" stroke="#0f4c81" stroke-width="2"'
        ' vector-effect="non-scaling-stroke"/></svg>',
        title, told, told, way,
    )  # fmt: skip


#: The least difference that the labels of a curve's upright scale tell.
_LEAST_TOLD = 0.1


def curve(title: str, across: str, up: str, points: Sequence[tuple[float, float, str, bool]]) -> SafeString:
    """A curve through *points* (across, up, label, whether it is the chosen one), with the ends of both scales."""
    if not points:
        return SafeString("")
    first, last = min(one[0] for one in points), max(one[0] for one in points)
    least = min(one[1] for one in points)
    most = max(least + _LEAST_TOLD, *(one[1] for one in points))
    places = [(_scaled(x, (first, last), 70, 570), _scaled(y, (least, most), 180, 30)) for x, y, *_rest in points]
    way = " ".join(f"{x},{y}" for x, y in sorted(places))
    dots = [_dot(x, y, one[2], chosen=one[3]) for (x, y), one in zip(places, points, strict=True)]
    told = joined((f"{label}：{across} {_plain(x)}，{up} {y:.2f}" for x, y, label, _chosen in points), "；")
    return format_html(
        '<svg class="rt-columns" viewBox="0 0 600 230" role="img" aria-label="{}"><title>{}</title><desc>{}</desc>'
        '<path d="M56 16V196H590" fill="none" stroke="#dfe3e6"/>'
        '<polyline points="{}" fill="none" stroke="#0f4c81" stroke-width="2"/>{}'
        '<g font-size="12" fill="#4c5b69"><text x="50" y="184" text-anchor="end">{}</text>'
        '<text x="50" y="34" text-anchor="end">{}</text><text x="56" y="11">{}</text>'
        '<text x="70" y="212" text-anchor="middle">{}</text><text x="570" y="212" text-anchor="middle">{}</text>'
        '<text x="320" y="226" text-anchor="middle">{}</text></g></svg>',
        title, title, told, way, format_html_join("", "{}", ((one,) for one in dots)),
        f"{least:.1f}", f"{most:.1f}", up, _plain(first), _plain(last), across,
    )  # fmt: skip


def _dot(x: float, y: float, label: str, *, chosen: bool) -> SafeString:
    """A point of a curve; the chosen one bears its label, beside it where a falling curve does not run."""
    size, colour = (7, "#2b7356") if chosen else (4, "#0f4c81")
    told = '<text x="{}" y="{}" font-size="12" fill="#1d2b38" text-anchor="{}">{}</text>'
    beside = (x + 10, y - 4, "start") if x < 480 else (590, y - 14, "end")
    named = format_html(told, *beside, label) if chosen else ""
    return format_html('<circle cx="{}" cy="{}" r="{}" fill="{}"/>{}', x, y, size, colour, named)


def _scaled(value: float, among: Sequence[float], low: float, high: float) -> float:
    """Where *value* stands between *low* and *high*, as it does among others."""
    least, most = min(among), max(among)
    return round(low + (high - low) * ((value - least) / (most - least) if most > least else 0.5), 1)


def _column(x: float, number: int, most: int, colour: str) -> SafeString:
    high = round(120 * number / most, 1)
    return format_html(
        '<rect x="{}" y="{}" width="16" height="{}" fill="{}"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="12" fill="#1d2b38">{}</text>',
        round(x, 1), 160 - high, high, colour, round(x + 8, 1), 155 - high, number or "",
    )  # fmt: skip


def _plain(points: float) -> str:
    return f"{points:g}"
