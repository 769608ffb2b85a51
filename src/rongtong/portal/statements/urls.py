"""Addresses of statements."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.statements import views

app_name = "statements"
urlpatterns = [
    path("statements/", views.due, name="due"),
    path("statements/recorded/", views.recorded, name="recorded"),
    path("statements/<int:number>/enter/", views.enter, name="enter"),
    path("statements/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("statements/<int:number>/document/", views.document, name="document"),
    path("firms/<slug:firm>/statements/<str:slot>/", views.record, name="record"),
]
