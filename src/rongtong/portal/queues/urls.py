"""Addresses of the queues."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.queues import bounds, views

app_name = "queues"
urlpatterns = [
    path("conflicts/", views.conflicts, name="conflicts"),
    path("conflicts/choose/", views.choose, name="choose"),
    path("duplicates/", views.duplicates, name="duplicates"),
    path("duplicates/judge/", views.judge, name="judge"),
    path("bounds/", bounds.bounds, name="bounds"),
    path("bounds/choose/", bounds.choose, name="choose-bounds"),
    path("bounds/teach/", bounds.teach, name="teach"),
    path("bounds/use/", bounds.use, name="use-taught"),
    path("undivided/", views.undivided, name="undivided"),
    path("undivided/divide/", views.divide, name="divide"),
    path("take-back/", views.take_back, name="take-back"),
]
