"""Addresses of paths."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.paths import views

app_name = "paths"
urlpatterns = [
    path("path/", views.home, name="home"),
    path("firms/<slug:firm>/path/", views.path, name="path"),
    path("firms/<slug:firm>/path/days/", views.days, name="days"),
]
