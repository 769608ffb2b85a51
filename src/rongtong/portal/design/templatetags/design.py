"""The components that templates are made of; each is shown on ``/design/``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rongtong import i18n
from rongtong.definitions import retelling, wording
from rongtong.i18n import SOURCE, joined
from rongtong.portal.design import pictures
from rongtong.report import figures, labels

register = template.Library()
VERDICTS = {
    "qualified": ("is-yes", "符合"),
    "not_qualified": ("is-no", "不符合"),
    "undetermined": ("is-unknown", "暂不能判定"),
    None: ("is-quiet", "未授权查看"),
}


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file."""
    return static(path)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon; it never stands without a word."""
    return format_html(
        '<svg class="rt-icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("vendor/icons.svg"), name
    )


@register.simple_tag
def mark(holds: bool | None) -> SafeString:
    """Yes a filled disc with a tick, no a ring with a cross, unknown a dashed ring with a question mark."""
    return pictures.mark(holds)


@register.simple_tag
def score_bar(low: float, high: float, threshold: float | None = None, most: float = 100) -> SafeString:
    """A score with its bounds: solid to what is certain, hatched to what is possible, a line at the threshold."""
    return pictures.score_bar(low, high, None if threshold is None else float(threshold), most)


@register.simple_tag
def small_bar(low: float, high: float, most: float) -> SafeString:
    """The same bar in a row of a table, without words."""
    return pictures.small_bar(low, high, most)


@register.simple_tag
def columns(title: str, first: str, second: str, groups: Sequence[tuple[str, int, int]]) -> SafeString:
    """Two columns side by side for each group, as by month; the legend stands in words beside it."""
    return pictures.columns(title, (first, second), groups)


@register.simple_tag
def trend(title: str, points: Sequence[tuple[str, int]]) -> SafeString:
    """The line under a figure; nothing without points."""
    return pictures.trend(title, points) if points else SafeString("")


@register.simple_tag
def curve(title: str, across: str, up: str, points: Sequence[tuple[float, float, str, bool]]) -> SafeString:
    """A curve of what is gained against what it costs, its points in words beside it."""
    return pictures.curve(title, across, up, points)


@register.simple_tag
def points(ends: list[float]) -> str:
    """An interval of points."""
    return figures.score(ends)


@register.simple_tag
def margin(clause: dict[str, Any]) -> str:
    """How far a clause is from its bound, in the unit of its value."""
    return labels.margin(clause)


@register.simple_tag
def tally(parts: list[dict[str, Any]]) -> str:
    """How many parts of a clause hold, do not, are unknown; what is hidden is unknown."""
    held = Counter(None if one.get("hidden") else one["holds"] for one in parts)
    words = ((True, _("符合 {n}")), (False, _("不符合 {n}")), (None, _("未知 {n}")))
    told = joined((word.format(n=held[holds]) for holds, word in words if held[holds]), "，")
    return _("共 {n} 条：{told}").format(n=len(parts), told=told)


@register.simple_tag
def verdict(word: str | None) -> SafeString:
    """The chip of a verdict."""
    kind, text = VERDICTS[word]
    return format_html('<span class="rt-chip {}">{}</span>', kind, _(text))


@register.filter
def worded(text: str) -> str:
    """Words of a definition, in the reader's language."""
    return wording.worded(text)


@register.filter
def inner(text: str) -> str:
    """Words as they stand inside quotes: their own become the inner ones."""
    return i18n.inner(text)


@register.filter(name="joined")
def joined_(texts: Sequence[str], between: str = "、") -> str:
    """Words in one line, as the reader's language joins them."""
    return joined(map(str, texts), between)


@register.filter
def in_words(texts: Sequence[str]) -> str:
    """Words of definitions, or others, in one line."""
    return joined(map(worded, texts))


@register.filter
def retold(text: str) -> str:
    """A message that was written down, in the reader's language."""
    return retelling.retold(str(text))


@register.simple_tag
def quoted(text: str) -> str:
    """What the law says, marked as Chinese where the page is not."""
    here = (get_language() or "").startswith(SOURCE)
    return text if here or not text else format_html('<span lang="zh">{}</span>', text)


@register.filter
def of_slot(slot: str) -> str:
    """The label of a slot."""
    return labels.of_slot(slot)


@register.filter
def settled_by(slot: str) -> str:
    """Who can supply the fact of a slot."""
    return labels.settled_by(slot)


@register.filter
def effort(word: str) -> str:
    """How much effort a change takes."""
    return labels.effort(word)


@register.filter
def source_kind(kind: str) -> str:
    """What a kind of source is called."""
    return labels.source_kind(kind)


@register.filter
def whose(cell: dict[str, str]) -> str:
    """Whose word a cell is, where that counts."""
    return labels.whose(cell)


@register.simple_tag
def of_value(slot: str, content: object) -> str:
    """The value of a slot as an officer writes it."""
    return labels.of_value(slot, content)


@register.simple_tag
def supplied(slot: str, content: object) -> str:
    """Who can say what nobody has said yet; nothing where something is known."""
    unsaid = content is None or content == [0, None]
    return _("来源：{who}").format(who=labels.settled_by(slot)) if unsaid else ""


@register.simple_tag
def row_from_memory(values: dict[str, Any]) -> str:
    """The row of size classes that counts, where its bounds were not compared with the document."""
    return labels.row_from_memory(values)


@register.simple_tag
def of_claim(slot: str, text: str) -> str:
    """A claim as an officer writes it."""
    return labels.of_claim(slot, text)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """``mapping[key]``, None when there is none."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: object) -> str:
    """The query string of this page with some parameters changed; an empty one is left out."""
    query = context["request"].GET.copy()
    for name, content in changes.items():
        query.pop(name, None)
        if content not in (None, ""):
            query[name] = str(content)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def choose(context: template.Context, name: str, value: str) -> str:
    """The query string of this page with one filter chosen, from its first page on."""
    return with_query(context, **{name: value, "page": ""})


@register.simple_tag(takes_context=True)
def without(context: template.Context, name: str) -> str:
    """The query string of this page without one filter."""
    return with_query(context, **{name: "", "page": ""})


@register.filter
def split(names: str) -> list[str]:
    """Words of a text."""
    return names.split()


@register.filter
def most(counts: dict[str, int], number: int) -> list[tuple[str, int]]:
    """The first *number* of some counts."""
    return list(counts.items())[:number]
