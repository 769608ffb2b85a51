"""Addresses of verdicts."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.assessment import examining, views

app_name = "assessment"
urlpatterns = [
    path("assessment/", views.verdicts, name="verdicts"),
    path("assessment/conclusions/", examining.waiting, name="conclusions"),
    path("assessment/conclusions/<int:number>/confirm/", examining.confirm, name="confirm"),
    path("assessment/conclusions/<int:number>/send-back/", examining.send_back, name="send-back"),
    path("assessment/conclusions/<int:number>/withdraw/", examining.withdraw, name="withdraw"),
    path("firms/<slug:firm>/assessment/<path:rulebook>/propose/", examining.propose, name="propose"),
    path("firms/<slug:firm>/assessment/<path:rulebook>/draft.docx", views.draft, name="draft"),
    path("firms/<slug:firm>/assessment/<path:rulebook>/", views.story, name="story"),
]
