"""A field that was left empty says what to do, by its name; what cannot be taken at all says so too."""

from __future__ import annotations

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from rongtong.portal.design.templatetags.design_forms import mistakes
from rongtong.portal.people.models import Role


class Form(forms.Form):
    title = forms.CharField(label="标题")
    kind = forms.ChoiceField(label="类型", choices=[("a", "甲")])
    paper = forms.FileField(label="授权书")
    agreed = forms.BooleanField(label="已核对")
    many = forms.IntegerField(label="数量")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("title", "请填写标题"), ("kind", "请选择类型"), ("paper", "请上传授权书"), ("agreed", "请勾选“已核对”"),
        ("many", "输入整数。"),
    ],
)  # fmt: skip
def test_each_kind_of_field_says_what_to_do(name, told):
    assert mistakes(Form({"many": "x"})[name]) == [told]


def test_pages_say_so(db, client_of):
    page = client_of(Role.LARGE_FIRM).post(reverse("postings:new-need"), {"act": "save"}).content.decode()
    assert [text for text in ("请填写标题", "请选择类型", "请填写公开说明") if text not in page] == []
    assert "必填" not in page


def test_a_form_without_our_sign_says_what_to_do(db):
    answer = Client(enforce_csrf_checks=True).post(reverse("people:sign-in"), {"phone": "1"})
    assert (answer.status_code, "页面已过期，没有提交" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(
    "sent",
    [
        {"path": "/firms/?text=%00"},
        {"path": "/firms/", "headers": {"Host": "evil.example"}},
        {"path": "/sign-in/", "method": "post", "data": b"x", "content_type": "multipart/form-data"},
        {"path": "/sign-in/", "method": "post", "data": b"phone=1",
         "content_type": "application/x-www-form-urlencoded; charset=utf-32"},
    ],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_told_in_words(db, sent):
    answer = getattr(Client(), sent.pop("method", "get"))(**sent)
    assert (answer.status_code, "请求无法识别" in answer.content.decode()) == (400, True)
