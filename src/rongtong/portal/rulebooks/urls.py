"""Addresses of rulebooks: ``rulebooks/cn/srdi-sme@2022/``."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.rulebooks import views

app_name = "rulebooks"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("<path:rulebook>/examples/", views.worked, name="examples"),
    path("<path:rulebook>/", views.rulebook, name="rulebook"),
]
