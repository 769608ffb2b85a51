"""Addresses of membership."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.membership import views

app_name = "membership"
urlpatterns = [
    path("members/", views.members, name="members"),
    path("members/<int:number>/leave/", views.leave, name="leave"),
    path("firms/<slug:firm>/join/", views.apply, name="apply"),
    path("applications/", views.review, name="review"),
    path("applications/<int:number>/", views.application, name="application"),
    path("applications/<int:number>/scan/", views.scan, name="scan"),
    path("applications/<int:number>/decide/", views.decide, name="decide"),
]
