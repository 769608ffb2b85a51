"""Addresses of verdicts."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.assessment import views

app_name = "assessment"
urlpatterns = [
    path("assessment/", views.verdicts, name="verdicts"),
    path("firms/<slug:firm>/assessment/<path:rulebook>/draft.docx", views.draft, name="draft"),
    path("firms/<slug:firm>/assessment/<path:rulebook>/", views.story, name="story"),
]
