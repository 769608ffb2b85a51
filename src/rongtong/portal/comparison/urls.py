"""Addresses of the comparison."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.comparison import views

app_name = "comparison"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("<int:number>/", views.result, name="result"),
    path("<int:number>/decide/", views.decide, name="decide"),
    path("<int:number>/filled/", views.filled, name="filled"),
]
