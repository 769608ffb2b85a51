"""Addresses of what officers ask of all firms."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.what_if import views

app_name = "what_if"
urlpatterns = [
    path("short/", views.short, name="short"),
    path("short/calls/", views.calls, name="calls"),
    path("bounds/", views.bounds, name="bounds"),
    path("difference/", views.difference, name="difference"),
]
