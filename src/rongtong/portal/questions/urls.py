"""Addresses of questions."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.questions import views

app_name = "questions"
urlpatterns = [
    path("short/", views.short, name="short"),
    path("short/calls/", views.calls, name="calls"),
    path("what-if/", views.what_if, name="what-if"),
    path("difference/", views.difference, name="difference"),
]
