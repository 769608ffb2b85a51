"""Beginning a draft, changing it, going back, putting it away, trying it."""

from __future__ import annotations

from django.utils import timezone
from pypinyin import lazy_pinyin

from rongtong import yaml12
from rongtong.definitions import editing
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit.operations import operation
from rongtong.portal.authoring import queries, store
from rongtong.portal.authoring.models import Draft, Version
from rongtong.portal.jobs.operations import enqueue
from rongtong.portal.people.models import Role, User
from rongtong.qualify.shelf import template

TRY = "try-rulebook"


@operation("authoring.copy", permission="authoring.write", says=("based_on",))
def copy(*, actor: User, based_on: str) -> Draft:
    """A draft that says what an official edition says, under an edition of its own."""
    text = queries.official_text(based_on)
    edition = f"{based_on.partition('@')[2]}-{_('试拟')}"
    return _begun(actor, editing.put(text, ("edition",), edition), based_on)


@operation("authoring.copy_draft", permission="authoring.view", about="draft")
def copy_draft(*, actor: User, draft: Draft) -> Draft:
    """A draft of one's own that says what another says."""
    return _begun(actor, queries.text_of(draft), draft.based_on)


@operation("authoring.begin", permission="authoring.write", says=("title",))
def begin(*, actor: User, title: str, document: str, number: str, since: str) -> Draft:
    """A district's own policy, from the template with the common clauses."""
    own = _district(actor)
    place = own or _("本市")
    text = template("district")
    said = {
        ("id",): f"local/{''.join(lazy_pinyin(place))}", ("edition",): since[:4], ("title",): title,
        ("source", "document"): document, ("source", "number"): number, ("territory",): place,
        ("authority",): _("{place}主管部门", place=place),
    }  # fmt: skip  # read by rows
    for loc, value in said.items():
        text = editing.put(text, loc, value)
    text = editing.put(text, ("in_force", 0, "from"), yaml12.load(since))
    text = editing.put(text, ("applies", "district"), [own]) if own else editing.cut(text, ("applies",))
    for loc in (("title_en",), ("authority_en",), ("territory_en",)):
        text = editing.cut(text, loc)
    return _begun(actor, text, "")


@operation("authoring.change", permission="authoring.edit", about="draft", says=("what",))
def change(*, actor: User, draft: Draft, text: str, seen: str, what: str) -> Draft:
    """Let *draft* say *text*, where it still says what was *seen*. Raises InputError for what is no rulebook file."""
    not_overtaken(draft, seen)
    return _said(draft, actor, text.replace("\r\n", "\n"), what)


def not_overtaken(draft: Draft, seen: str) -> None:
    """Raise InputError where *draft* no longer says what was *seen*."""
    if seen != draft.sha256:
        raise InputError(_("您打开之后，这份草稿又改过"), place=draft.title, mend=_("请刷新页面，再改一次"))


@operation("authoring.restore", permission="authoring.edit", about="draft")
def restore(*, actor: User, draft: Draft, version: Version) -> Draft:
    """Go back to an earlier text; what came after it stays on record."""
    what = _("回到 {at} 的文本", at=timezone.localtime(version.made_at).strftime("%m-%d %H:%M"))
    return _said(draft, actor, store.text_of(version.sha256), what)


@operation("authoring.discard", permission="authoring.edit", about="draft")
def discard(*, actor: User, draft: Draft) -> Draft:
    """Put a draft away; its texts stay."""
    del actor
    draft.discarded_at = timezone.now()
    draft.save(update_fields=["discarded_at"])
    return draft


@operation("authoring.try", permission="authoring.try", about="draft", says=("purpose",))
def try_out(*, actor: User, draft: Draft, purpose: str = "new") -> Draft:
    """Judge every firm by a draft in the background, and compare. Raises InputError for one that says no rules."""
    if error := queries.problem(queries.text_of(draft)):
        raise error
    draft.trial = enqueue(TRY, made_by=actor, draft=draft.pk, sha256=draft.sha256, purpose=purpose)
    draft.save(update_fields=["trial"])
    return draft


def _begun(actor: User, text: str, based_on: str) -> Draft:
    made = Draft(made_by=actor, based_on=based_on, district=_district(actor))
    return _said(made, actor, text, _("开始"))


def _district(actor: User) -> str:
    """The district that somebody writes for: their own; none for the city and the secretariat."""
    if actor.acts_as(Role.CITY_OFFICER, Role.SECRETARIAT):
        return ""
    return next(iter(sorted(actor.districts)), "")


def _said(draft: Draft, actor: User, text: str, what: str) -> Draft:
    tree = queries.read(text)
    draft.title, draft.sha256 = str(tree["title"])[:200], store.put(text)
    draft.save()
    Version.objects.create(draft=draft, sha256=draft.sha256, what=what[:200], made_by=actor)
    return draft
