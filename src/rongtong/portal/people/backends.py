"""Sign-in by password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from rongtong.portal.people.models import User


class ByPassword(BaseBackend):
    """Telephone and password (argon2); the same time is spent whether or not the account exists."""

    def authenticate(self, request: HttpRequest | None, **given: Any) -> User | None:
        """The account of ``phone`` when ``password`` is its own."""
        del request
        phone, password = given.get("phone"), given.get("password")
        if phone is None or password is None:
            return None
        user = User.objects.filter(phone=phone, is_active=True).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) else None

    def get_user(self, user_id: int) -> User | None:
        """The account of a session."""
        return User.objects.filter(pk=user_id, is_active=True).first()
