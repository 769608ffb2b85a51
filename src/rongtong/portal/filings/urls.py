"""Addresses of filings."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.filings import documents, views

app_name = "filings"
urlpatterns = [
    path("firms/<slug:firm>/data/", views.mine, name="mine"),
    path("firms/<slug:firm>/data/new/", views.new, name="new"),
    path("firms/<slug:firm>/data/title/", views.new_title, name="new-title"),
    path("firms/<slug:firm>/sharing/", views.consent, name="consent"),
    path("data/", views.home, name="home"),
    path("filings/", views.check, name="check"),
    path("filings/<int:number>/confirm/", views.confirm, name="confirm"),
    path("filings/<int:number>/send-back/", views.send_back, name="send-back"),
    path("filings/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("filings/<int:number>/document/", documents.document, name="document"),
    path("filings/<int:number>/document/shown/", documents.shown, name="shown"),
]
