"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.people import managing, views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/password/", views.password, name="password"),
    path("l/<str:token>/", views.link, name="link"),
    path("register/", managing.register, name="register"),
    path("claim/", managing.claim, name="claim"),
    path("claims/", managing.claims, name="claims"),
    path("claims/<int:number>/letter/", managing.letter, name="letter"),
    path("claims/<int:number>/accept/", managing.accept, name="accept"),
    path("claims/<int:number>/refuse/", managing.refuse, name="refuse"),
    path("claims/<int:number>/revoke/", managing.revoke_claimed, name="revoke-claimed"),
    path("contacts/<int:number>/remove/", managing.remove_contact, name="remove-contact"),
    path("accounts/", managing.accounts, name="accounts"),
    path("accounts/<int:number>/revoke/", managing.revoke, name="revoke"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
