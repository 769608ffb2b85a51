"""The guided form of a posting, its review, its renewal, and what a hall is asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.units import kept
from rongtong.definitions.wording import worded
from rongtong.errors import InputError
from rongtong.i18n import SOURCE
from rongtong.match.cells import rulebook_of
from rongtong.match.wishes import named, parted
from rongtong.match.words import pieces, words
from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput, UploadField
from rongtong.portal.postings import reading
from rongtong.portal.postings.models import Posting, title_of
from rongtong.portal.postings.queries import Sought
from rongtong.portal.postings.reading import WISHES
from rongtong.report import figures
from rongtong.workflows.scoring import Criterion, sheet

#: What drawings come as.
DRAWINGS = (".pdf", ".dwg", ".dxf", ".step", ".stp", ".igs", ".png", ".jpg", ".jpeg", ".heic",
            ".zip", ".doc", ".docx", ".xls", ".xlsx")  # fmt: skip
#: In what a budget is asked for; it is kept in yuan.
BUDGET = figures.MONEY[SOURCE]
DAYS = (30, 60, 90, 180)


#: The fields that a need has and no offer, the other way round, and what an offer calls those that both have.
NEEDS_OWN = ("budget", "budget_public", "rulebooks", "wanted", *(f"wished_{name}" for name in WISHES))
OFFERS_OWN = ("price",)
OFFERED = {
    "certificates": _("已有的认证"), "titles": _("持有的称号"), "regions": _("生产或服务所在地"),
    "needed_by": _("最早可交付日期"), "quantity": _("产能或可供数量"), "exclusive": _("能否独家"),
}  # fmt: skip


def label_of(one: str) -> str:
    """What a kind or certificate is called."""
    return words().label_of(one)


class ListField(forms.CharField):
    """Several words with a stop between them; *known* gives a word its one spelling, *called* what it is called."""

    def __init__(
        self, known: Callable[[str], str | None] = str, called: Callable[[str], str] = label_of, **kwargs: Any
    ) -> None:
        self.known, self.called = known, called
        super().__init__(required=False, max_length=200, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The words in one line, each as it is called."""
        return "、".join(self.called(str(one)) for one in value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """The words, each once."""
        told = pieces(super().clean(value) or "")
        return list(dict.fromkeys(self.known(one) or self.known(named(one)) or one for one in told))


def _days() -> list[tuple[int, str]]:
    return [(n, gettext("%(n)s 天") % {"n": n}) for n in DAYS]


class PostingForm(forms.ModelForm[Posting]):
    """A need or an offer: free text, what was read out of it, and what stays private."""

    said = forms.CharField(
        label=_("用自己的话写"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    kind = forms.ChoiceField(label=_("类型"))
    products = ListField(label=_("产品或服务"), help_text=_("几种用顿号隔开"))
    certificates = ListField(words().certificate_of, label=_("必须有的认证"))
    titles = ListField(words().title_of, label=_("必须有的称号"))
    regions = ListField(label=_("只限的地区"), help_text=_("没有实际理由请留空，不限地区"))
    wished_certificates = ListField(words().certificate_of, label=_("最好有的认证"))
    wished_titles = ListField(words().title_of, label=_("最好有的称号"))
    wished_regions = ListField(label=_("优先的地区"))
    rulebooks = ListField(
        rulebook_of,
        title_of,
        label=_("须符合的认定标准"),
        help_text=_("写认定标准的名称；企业是否符合不向您公开，对接时由您问企业"),
    )
    quantity = forms.CharField(
        label=_("数量"), required=False, max_length=60, help_text=_("一个数和单位，例如 年用量 12000 件、首批500台")
    )
    budget = forms.DecimalField(label=_("预算（万元）"), required=False, min_value=0, max_digits=12, decimal_places=4)
    price = forms.CharField(
        label=_("报价"), required=False, max_length=60, help_text=_("可以是单价或区间，例如 850—1200 元/套；默认不公开")
    )
    budget_public = forms.BooleanField(label=_("公开预算"), required=False)
    private_text = forms.CharField(
        label=_("不公开说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    excludes = ListField(
        label=_("回避的企业"), help_text=_("不向这些企业推荐，也不让它们自荐；只有本企业看得到，几家用顿号隔开")
    )
    drawing = UploadField(
        suffixes=DRAWINGS, label=_("图纸或技术文件"), required=False, help_text=_("不公开；不得上传涉密信息")
    )
    exclusive = forms.TypedChoiceField(
        label=_("独家"), required=False, choices=[("", _("未定")), ("yes", _("要求独家")), ("no", _("不要求独家"))],
        coerce=lambda chosen: chosen == "yes", empty_value=None,
    )  # fmt: skip
    days = forms.TypedChoiceField(label=_("有效期"), coerce=int, choices=_days)
    named = forms.BooleanField(label=_("公开企业名称"), required=False)
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Posting
        fields = ("kind", "title", "text", "products", "segment", "needed_by", "certificates", "titles", "regions",
                  "rulebooks", "wanted", "exclusive", "visibility", "named")  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "needed_by": DayInput}

    def __init__(self, *args: Any, side: str = Posting.Side.NEED, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NEEDS_OWN if side == Posting.Side.OFFER else OFFERS_OWN:
            del self.fields[name]
        for name, label in OFFERED.items() if side == Posting.Side.OFFER else ():
            self.fields[name].label, self.fields[name].help_text = label, ""
        if side == Posting.Side.OFFER:
            exclusive = self.fields["exclusive"]
            assert isinstance(exclusive, forms.ChoiceField)  # noqa: S101 -- so the class declares it
            exclusive.choices = [("", _("未定")), ("yes", _("接受独家")), ("no", _("不接受独家"))]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 -- so the class declares it
        kind.choices = [("", _("请选择")), *((one.id, worded(one.label)) for one in words().kinds)]
        self.initial.setdefault("days", 90)
        self.side, self.notes = side, dict[str, InputError]()

    def clean(self) -> dict[str, Any]:
        """What is stated is read as a list of needs or offers is: what cannot be read wants mending, the rest is told
        (:attr:`notes`); wishes among what is required become wishes."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given |= self._parted() if self.side == Posting.Side.NEED else {}
        for name, said in reading.read(self.side, given).items():
            if said.reason:
                self.notes[name] = InputError(said.reason, place=str(self.fields[name].label), mend=said.mend)
            if said.reason and not said.values:
                self.add_error(name, self.notes[name].sentence)
        return given

    def _parted(self) -> dict[str, list[str]]:
        """The fields of which some is only wished for by the words of it, and where that belongs."""
        found: dict[str, list[str]] = {}
        for name in WISHES:
            told = parted(str(self.data.get(self.add_prefix(name)) or ""))
            if told.wished and name in self.cleaned_data:
                before = self.cleaned_data.get(f"wished_{name}", [])
                wished = [*before, *self.fields[name].clean(told.wished)]
                found[name] = self.fields[name].clean(told.required)
                found[f"wished_{name}"] = list(dict.fromkeys(wished))
        return found

    def public(self) -> dict[str, Any]:
        """The public half, as :func:`operations.post` takes it."""
        given = {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}
        days = datetime.timedelta(days=self.cleaned_data.get("days") or 90)
        wishes = {name: told for name in WISHES if (told := self.cleaned_data.get(f"wished_{name}"))}
        return given | {
            "wishes": wishes,
            "budget": self._yuan if self._open_budget else None,
            "expires_on": today() + days,
        }

    def private(self) -> dict[str, Any]:
        """The private half; without a new drawing the one that is kept stays."""
        given = self.cleaned_data
        drawing = {"drawing": file, "drawing_name": file.name} if (file := given.get("drawing")) else {}
        told = {"text": given.get("private_text", ""), "quantity": given.get("quantity", "")}
        told |= {"excludes": given.get("excludes", []), "price": given.get("price", "")}
        return told | {"budget": None if self._open_budget else self._yuan} | drawing

    @property
    def _open_budget(self) -> bool:
        return bool(self.cleaned_data.get("budget_public"))

    @property
    def _yuan(self) -> Decimal | None:
        given = self.cleaned_data.get("budget")
        return None if given is None else kept(given, BUDGET)


class HallForm(forms.Form):
    """Words and filters; any text is taken."""

    q = forms.CharField(max_length=100, required=False)
    kind = forms.CharField(max_length=30, required=False)
    segment = forms.CharField(max_length=40, required=False)
    region = forms.CharField(max_length=40, required=False)

    def sought(self) -> Sought:
        """What is looked for."""
        self.is_valid()
        given = {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
        return Sought(given["q"], given["kind"], given["segment"], given["region"])


class ReviewForm(forms.Form):
    """The scoring sheet of postings: a row of points for each criterion, and a note."""

    note = forms.CharField(
        label=_("意见"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("退回时必填：写明缺什么、怎么改；不要写企业的数量和预算"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields.pop("note")
        for one in sheet("posting").criteria:
            self.fields[one.id] = self._points(one)
        self.fields["note"] = note

    @staticmethod
    def _points(one: Criterion) -> forms.Field:
        most = sheet("posting").highest
        choices = [(n, str(n)) for n in range(most + 1)]
        return forms.TypedChoiceField(
            label=worded(one.label), help_text=worded(one.text), coerce=int, choices=choices, widget=forms.RadioSelect
        )

    def points(self) -> dict[str, int]:
        """The points by criterion."""
        return {one.id: self.cleaned_data[one.id] for one in sheet("posting").criteria}

    def clean(self) -> dict[str, Any]:
        """What does not pass is explained."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        scored = all(one.id in given for one in sheet("posting").criteria)
        if scored and not sheet("posting").passed(self.points()) and not given.get("note", "").strip():
            self.add_error("note", _("这样评分会退回发布人，请写明缺什么、怎么改"))
        return given


class MoveForm(forms.Form):
    """A transition and why."""

    transition = forms.CharField(max_length=20)
    why = forms.CharField(label=_("说明"), max_length=200, required=False)


class RenewForm(forms.Form):
    """How much longer it stands, from today."""

    days = forms.TypedChoiceField(label=_("延期"), coerce=int, choices=_days)

    def until(self) -> datetime.date:
        """The day up to which it stands."""
        return today() + datetime.timedelta(days=self.cleaned_data["days"])
