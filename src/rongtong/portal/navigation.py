"""The navigation of each role: one list, in the order of the day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongtong.portal.people.models import OF_FIRMS, User


@dataclass(frozen=True)
class Entry:
    """A place to go: the name of its address, what it is called, who may see it (None: all), an icon for phones.

    *also* are pages that belong to it and stand under another address, *group* is what it is shown under.
    """

    view: str
    label: str | Promise
    permission: str | None = None
    icon: str = "home"
    also: tuple[str, ...] = ()
    group: str | Promise = ""


@dataclass(frozen=True)
class Shown:
    """An entry as a page shows it."""

    url: str
    label: str | Promise
    current: bool
    icon: str
    group: str | Promise = ""


@dataclass(frozen=True)
class Group:
    """Entries that are shown under one word; without a word, an entry alone."""

    label: str | Promise
    entries: list[Shown]

    @property
    def current(self) -> bool:
        """Whether the page belongs to one of them."""
        return any(one.current for one in self.entries)


DATA, CHECKS, COOPERATION, HOUSE = _("数据整理"), _("审核催办"), _("供需对接"), _("联盟管理")
#: What was recorded, and recording it, belong to what is still to be.
JUDGED = ("statements:recorded", "statements:record")
#: Every role sees those of these that it may; those of a group stand together.
ENTRIES = (
    Entry("desk:home", _("首页")),
    Entry("desk:today", _("工作台"), "desk.view"),
    Entry("registry:directory", _("企业库")),
    Entry("imports:uploads", _("导入"), "imports.upload", group=DATA),
    Entry("comparison:begin", _("名单比对"), "comparison.use", group=DATA),
    Entry("queues:conflicts", _("疑点"), "queues.see", group=DATA, also=("queues:duplicates", "queues:undivided")),
    Entry("queues:bounds", _("查重门槛"), "queues.bounds", group=DATA),
    Entry("assessment:verdicts", _("预审"), "assessment.list", group=CHECKS, also=("assessment:story", "paths:path")),
    Entry("statements:due", _("核查判断"), "statements.list", group=CHECKS, also=JUDGED),
    Entry("titles:due", _("到期催办"), "titles.list", group=CHECKS),
    Entry("what_if:short", _("只差一步"), "what_if.ask", group=CHECKS),
    Entry("what_if:bounds", _("调一调界限"), "what_if.ask", group=CHECKS),
    Entry("what_if:difference", _("新旧版比较"), "what_if.ask", group=CHECKS),
    Entry("rulebooks:shelf", _("规则库"), group=CHECKS, also=("rulebooks:rulebook", "rulebooks:examples")),
    Entry("authoring:drafts", _("政策试拟"), "authoring.list", group=CHECKS),
    Entry("postings:needs", _("需求大厅"), group=COOPERATION, also=("postings:reviews", "postings:review")),
    Entry("postings:offers", _("供给大厅"), group=COOPERATION),
    Entry("postings:mine", _("我的供需"), "postings.post", group=COOPERATION),
    Entry("introductions:mine", _("对接"), "introductions.list", group=COOPERATION),
    Entry("meetings:meetings", _("对接会"), "meetings.enter", group=COOPERATION),
    Entry("introductions:results", _("对接成效"), group=COOPERATION),
    Entry("desk:notices", _("公示与通知"), "desk.publish", group=HOUSE, also=("desk:publish", "desk:notice")),
    Entry("membership:members", _("会员"), "membership.list", group=HOUSE),
    Entry("people:accounts", _("账号"), "people.manage", group=HOUSE),
    Entry("audit:trail", _("操作记录"), "audit.read", group=HOUSE),
)
#: So many entries are looked over at once, and need no groups.
FEW = 6
#: The pages of a firm's own data stand under the firm's address, and belong to its tab.
OWN_DATA = ("filings:mine", "filings:new", "filings:new-title", "filings:consent")
#: What a firm has under its thumb on a telephone.
TABS = (
    Entry("desk:today", _("今天"), icon="home"),
    Entry("postings:mine", _("供需"), "postings.post", icon="list-check"),
    Entry("introductions:mine", _("对接"), icon="arrows-left-right"),
    Entry("filings:home", _("我的数据"), "filings.file", icon="file-text", also=OWN_DATA),
    Entry("paths:home", _("达标"), "assessment.view", icon="clipboard-check", also=("paths:path", "assessment:story")),
    Entry("titles:home", _("到期"), "titles.view", icon="calendar-due", also=("titles:firm",)),
)


def entries(user: User | None, path: str) -> list[Shown]:
    """The main navigation for *user*, with the entry that *path* belongs to marked."""
    return _shown(_open(ENTRIES, user), path)


def menu(user: User | None, path: str) -> list[Group]:
    """The main navigation in groups: few entries, and one alone, stand by themselves."""
    shown = entries(user, path)
    grouped = [list(some) for _, some in groupby(shown, key=lambda one: one.group or one.url)]
    flat = len(shown) <= FEW
    return [
        group
        for some in grouped
        for group in ([Group("", [one]) for one in some] if flat or len(some) == 1 else [Group(some[0].group, some)])
    ]


def tabs(user: User | None, path: str) -> list[Shown]:
    """The tabs under a firm's thumb; none for anybody else."""
    return _shown(_open(TABS, user), path) if user and user.acts_as(*OF_FIRMS) else []


def _open(entries: tuple[Entry, ...], user: User | None) -> list[Entry]:
    return [one for one in entries if one.permission is None or (user and user.has_perm(one.permission))]


def _page(path: str) -> str:
    """The page at *path*; empty when there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _shown(chosen: list[Entry], path: str) -> list[Shown]:
    urls, page = [reverse(entry.view) for entry in chosen], _page(path)
    near = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    owned = [url for entry, url in zip(chosen, urls, strict=True) if page in entry.also]
    inside = max(owned or (near if page not in OWN_DATA else ()), key=len, default="")
    return [
        Shown(url, entry.label, url == inside, entry.icon, entry.group) for entry, url in zip(chosen, urls, strict=True)
    ]
