"""Addresses of drafts."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.authoring import changing, trials, views

app_name = "authoring"
urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("new/", views.new, name="new"),
    path("<int:number>/", views.draft, name="draft"),
    path("<int:number>/part/", changing.part, name="part"),
    path("<int:number>/cut/", changing.cut, name="cut"),
    path("<int:number>/text/", views.text, name="text"),
    path("<int:number>/file/", views.file, name="file"),
    path("<int:number>/copy/", views.copy, name="copy"),
    path("<int:number>/restore/", views.restore, name="restore"),
    path("<int:number>/discard/", views.discard, name="discard"),
    path("<int:number>/try/", trials.run, name="try"),
    path("<int:number>/trial/", trials.trial, name="trial"),
]
