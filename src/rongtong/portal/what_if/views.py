"""Who is one step short and whom to call; what if a bound were another; what differs between two editions, in firms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.definitions.wording import worded
from rongtong.errors import InputError
from rongtong.portal.design.tables import FORMS, export, form_of, show
from rongtong.portal.people.access import Request, page
from rongtong.portal.people.queries import Person
from rongtong.portal.registry import current
from rongtong.portal.registry.queries import charge
from rongtong.portal.registry.rows import Data
from rongtong.portal.rulebooks.queries import edition
from rongtong.portal.what_if import operations
from rongtong.portal.what_if.asking import ENGINES, Asked
from rongtong.portal.what_if.forms import BookForm, DifferenceForm, ShortForm, called
from rongtong.portal.what_if.queries import ShortAnswer, ShortQuestion, people
from rongtong.portal.what_if.sliders import Board, Slider, board, written
from rongtong.portal.what_if.tables import Arrow, CalledTable, DifferingTable, MovedTable, ShortTable
from rongtong.portal.what_if.words import Words
from rongtong.qualify.what_if import Answer, Pair
from rongtong.report.clauses import Clauses

#: So many steps are offered, and so many firms that moved are shown at once.
STEPS, MOVED = 12, 20


@require_GET
@page("what_if.ask")
def short(request: Request) -> HttpResponseBase:
    """Who is one step short, and by what."""
    form = ShortForm(request.GET, request.user)
    question = form.question()
    answer, words = ShortAnswer(request.user, question), Words(question.about.rulebook)
    steps = answer.steps()
    context = {
        "form": form,
        "question": question,
        "count": answer.firms.count(),
        "step": words.step(question.step) if question.step else "",
        "steps": [(step, words.step(step), firms) for step, firms in steps[:STEPS]],
        "more_steps": [(step, words.step(step), firms) for step, firms in steps[STEPS:]],
        "fixed": [(words.step(step), firms) for step, firms in answer.fixed()],
        "titles": answer.titles(),
        "called": called(edition(question.about.book)),
        "people": bool(request.GET.get("people")),
        "asked": [(name, getattr(question, name)) for name in ("step", "district", "title", "text")],
    }
    table = ShortTable(Data(answer.firms), words=words)
    if context["people"] and not form_of(request):
        table = CalledTable(Data(answer.firms), words=words, look=_looking(request, question, "page"))
    table.said = _said(question.about)
    return show(request, "what_if/short.html", table, name="只差一步的企业", **context)


@require_POST
@page("what_if.call")
def calls(request: Request) -> HttpResponseBase:
    """The same list with whom to call, as a file; who took it along stands in the trail."""
    question = ShortForm(request.POST, request.user).question()
    form = FORMS[request.POST.get("form") == FORMS[1]]
    firms = ShortAnswer(request.user, question).firms
    table = CalledTable(Data(firms), words=Words(question.about.rulebook), look=_looking(request, question, form))
    table.said = _said(question.about)
    return export(table, "只差一步的企业通讯录", form)


def _said(about: Asked, *more: str) -> tuple[str, ...]:
    """Of what a list is, for whoever is handed the file."""
    day = _("按 {day} 申请口径").format(day=about.day)
    snapshot = _("快照 {id}").format(id=current.snapshot().id)
    return (called(edition(about.book)), *more, day, snapshot)


def _looking(request: Request, question: ShortQuestion, form: str) -> Callable[[list[str]], dict[str, Person]]:
    """Looks up whom to call at firms, once, and has that kept."""
    asked = {"rulebook": question.about.book, "step": question.step, "district": question.district}
    asked |= {"title": question.title, "form": form}

    def look(firms: list[str]) -> dict[str, Person]:
        operations.call_list(actor=request.user, count=len(firms), **asked)
        return people(request.user, firms)

    return look


@require_GET
@page("what_if.ask")
def bounds(request: Request) -> HttpResponseBase:
    """Bounds on sliders; with each move the counts before and after, who moved, and that list as a file."""
    form = BookForm(request.GET, request.user)
    about = form.about
    try:
        held, answer = _answer(request, about)
    except InputError as error:
        return _refused(request, form, error)
    table = MovedTable(Arrow(answer.moved))
    table.said = _said(about, *(f"{one.label} {one.attributes['value']} {one.unit}" for one in held.moved))
    if kind := form_of(request):
        return export(table, "结论改变的企业", kind)
    here = _query(form.said("rulebook"), form.said("purpose"), held.moved)
    table.paginate(per_page=MOVED)
    context = {"form": form, "board": held, "answer": answer, "table": table, "here": here, **_counts(answer)}
    made = render(request, "what_if/answer.html" if request.htmx else "what_if/bounds.html", context)
    if request.htmx:
        made["HX-Replace-Url"] = f"{request.path}?{here}"
    return made


def _answer(request: Request, about: Asked) -> tuple[Board, Answer]:
    with ENGINES.asked(about) as asking:
        held = board(asking.program.book, request.GET.dict())
        return held, asking.ask({one.name: one.written for one in held.moved}, charge(request.user))


def _refused(request: Request, form: BookForm, error: InputError) -> HttpResponse:
    """What cannot be set is said in the place of the figures, which are no longer true; the sliders stay."""
    held = board(form.about.rulebook, {})
    names = {one.name: one.label for one in held.sliders}
    context = {"form": form, "board": held, "error": error, "place": names.get(error.place, error.place)}
    if request.htmx:
        return render(request, "what_if/answer.html", context)
    return render(request, "what_if/bounds.html", context, status=422)


def _query(rulebook: str, purpose: str, moved: list[Slider]) -> str:
    """The address of what is asked: the rulebook, and the bounds that stand elsewhere."""
    query = QueryDict(mutable=True)
    query.update({"rulebook": rulebook, "purpose": purpose})
    query.update({one.name: written(one.value) for one in moved})
    return query.urlencode()


def _counts(answer: Answer) -> dict[str, Any]:
    """The counts as the page shows them: by title held, and by district."""
    titles = {worded(name) if name else _("没有称号"): pair for name, pair in answer.by_title.items()}
    districts = {name or _("区市未定"): pair for name, pair in answer.by_district.items()}
    return {
        "figures": [(word, answer.before[word], answer.after[word]) for word in answer.before],
        "tiers": _rows(titles),
        "districts": _rows(districts),
    }


def _rows(groups: dict[str, Pair]) -> list[tuple[str, list[tuple[int, int]]]]:
    return [(name, [(before[word], after[word]) for word in before]) for name, (before, after) in groups.items()]


@require_GET
@page("what_if.ask")
def difference(request: Request) -> HttpResponseBase:
    """Who enters, who drops out, and on which clause."""
    form = DifferenceForm(request.GET, request.user)
    asked = form.question()
    sides = (Clauses(asked.old.rulebook), Clauses(asked.new.rulebook))
    ways = asked.ways()
    context = {
        "form": form,
        "asked": asked,
        "ways": ways,
        "here": _query(asked.new.book, asked.new.purpose, form.moved),
        "old": called(edition(asked.old.book)),
        "new": called(edition(asked.new.book)),
        "entering": [(name, sides[0].called(name), firms) for name, firms in asked.clauses("enters")],
        "leaving": [(name, sides[1].called(name), firms) for name, firms in asked.clauses("drops_out")],
        "opening": [(name, sides[1].called(name), firms) for name, firms in asked.clauses("opens")],
        "clause": sides[asked.way != "enters"].called(asked.clause) if asked.clause else "",
    }
    table = DifferingTable(Data(asked.firms), sides=sides)
    moved = (f"{one.label} {one.attributes['value']} {one.unit}" for one in form.moved)
    table.said = _said(asked.old, called(edition(asked.new.book)), *moved)
    return show(request, "what_if/difference.html", table, name="两版差别", **context)
