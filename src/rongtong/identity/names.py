"""Firm names made comparable: one spelling for one name.

The normalised name is a key for comparing, never shown in place of the name as written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

from rongtong.identity.edits import between
from rongtong.identity.vocabulary import regions, words

# Control characters, marks of direction and of joining, variation selectors.
_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
)
_SPACE = re.compile(rf"[\s{_UNSEEN}]+")
_OPEN, _CLOSE = "[{<〔【《〈「『〖", "]}>〕】》〉」』〗"
_BRACKETS = str.maketrans(_OPEN + _CLOSE, "(" * len(_OPEN) + ")" * len(_CLOSE))
_DASHES = str.maketrans("‐‑‒–—―−－─", "---------")
_ORDINAL = re.compile(r"^(?:\(\d{1,4}\)|\d{1,4}[.、)])+(?=[\u3400-\u9fff])")
_DEPARTMENT = re.compile(r"-[^-()]{1,8}[部科处室]$")
_ENGLISH = re.compile(r"(?=.*[A-Z])[A-Z0-9&.,'()/-]+")
_ENGLISH_SIGNS = str.maketrans("", "", ".,'-")
MISWRITTEN = r"([^控])股分(?:有限)?公司"
"""股份 as many write it; a branch of 控股 is none."""
_BEHIND = re.compile(r"(.*公司)\(([^()]{2,})\)")
_STRAY = " ,.;:、。，；：*\"'“”‘’_-"


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(f"([{words()['kept']}])")


@cache
def _english_ending() -> re.Pattern[str]:
    forms = words()["english_forms"]
    return re.compile(f"(?:{'|'.join((*forms, *forms.values()))})+$")


@cache
def _notes() -> re.Pattern[str]:
    return re.compile(rf"\((?:{'|'.join(words()['notes'])})\)")


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(rf"\(({'|'.join(words()['bracketed'])})\)")


def without_remark(text: str) -> str:
    """A whole name without a remark behind it of which one sign is mistaken: (公长), (专精特斯)."""
    found = _BEHIND.fullmatch(text)
    return found[1] if found and found[2] not in regions() and _is_remark(found[2]) else text


def _is_remark(text: str) -> bool:
    """Whether one sign for another of its sound or shape makes a remark of *text*; of a longer one, any other."""
    return any(_one_mistaken(note, text) for note in words()["notes"] if len(note) == len(text))


def _one_mistaken(note: str, text: str) -> bool:
    edits = between(note, text)
    return edits.sound + edits.shape + edits.stranger == 1 and (not edits.stranger or len(note) > 2)


def simplify(text: str) -> str:
    """Traditional characters to simplified ones, but for those that are themselves in use in names (昇, 碁)."""
    pieces = _kept().split(text)
    return "".join(piece if at % 2 else _converter().convert(piece) for at, piece in enumerate(pieces))


def unify(text: str) -> str:
    """Unify width, case, brackets and dashes; spaces and signs that nobody sees go."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_BRACKETS).translate(_DASHES)


def spell(text: str) -> str:
    """Unify width, case, spaces, brackets, dashes and script; remarks beside the name and its number in a list go, and
    brackets around (集团), (股份) and the like; brackets alone are blank."""
    text, before = _bracketed().sub(r"\1", simplify(unify(text))), ""
    while text != before:  # what a remark hid may be one itself
        before, text = text, without_remark(_DEPARTMENT.sub("", _notes().sub("", _ORDINAL.sub("", text))).strip(_STRAY))
    return text if text.strip("()") else ""


def unify_form(text: str) -> str:
    """有限责任公司 is 有限公司, 股份公司 (also 股分公司) is 股份有限公司, COMPANY LIMITED is CO., LTD."""
    if _ENGLISH.fullmatch(text):
        return _english_ending().sub(lambda match: _short_forms(match[0]), text.translate(_ENGLISH_SIGNS))
    text = text.replace("有限责任公司", "有限公司").replace("股份公司", "股份有限公司")
    return re.sub(MISWRITTEN, r"\1股份有限公司", text)


def _short_forms(ending: str) -> str:
    for written, form in words()["english_forms"].items():
        ending = ending.replace(written, form)
    return ending


_FORMER = r"^(?P<name>.+?)\((?:更名前|原名称?|曾用名|原)[:为]?(?P<former>[^()]{4,}?)(?:[,、;].*)?\)$"


def with_former(name: str) -> tuple[str, str | None]:
    """A normalised name that tells a former one (``X(原Y)``, ``X(曾用名Y)``) taken apart; else the name and None."""
    match = re.match(_FORMER, name)
    return (match["name"], match["former"]) if match else (name, None)


def normalise(name: str) -> str:
    """The one spelling of a firm name; two names that share it are the same name.

    NFKC, traditional → simplified, spaces out, brackets unified, capitals, remarks such as （盖章） off,
    有限责任公司 = 有限公司, 股份公司 = 股份有限公司, and English forms likewise. Rare characters pass unchanged.
    Applying it twice changes nothing.
    """
    return unify_form(spell(name))
