"""Addresses of firms."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.registry import views

app_name = "registry"
urlpatterns = [
    path("firms/", views.directory, name="directory"),
    path("firms/<slug:firm>/", views.firm, name="firm"),
    path("cells/<slug:mention>/<slug:cell>/", views.cell, name="cell"),
]
