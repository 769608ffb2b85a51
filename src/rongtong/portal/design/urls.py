"""The living page of the design system."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.design import views

app_name = "design"
urlpatterns = [path("", views.components, name="components")]
