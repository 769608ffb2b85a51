"""Addresses of duties."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.titles import ahead, views

app_name = "titles"
urlpatterns = [
    path("", views.due, name="due"),
    path("ahead/", ahead.ahead, name="ahead"),
    path("mine/", views.home, name="home"),
    path("remind/", views.remind, name="remind"),
    path("firms/<slug:firm>/", views.firm, name="firm"),
    path("firms/<slug:firm>/call/", views.call, name="call"),
    path("firms/<slug:firm>/change/", views.change, name="change"),
    path("changes/<int:number>/reported/", views.reported, name="reported"),
]
