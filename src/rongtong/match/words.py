"""The words of needs and offers, as data: kinds of cooperation, titles and certificates as people write them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache, cached_property
from typing import Literal

from rongtong.definitions.loader import Model, folder, read
from rongtong.match.writing import bare

_STOP = re.compile(r"[、,，;；\n\r\t]+|\s{2,}|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_EITHER = re.compile(r"或者|或|(?<=[\u4e00-\u9fff])/(?=[\u4e00-\u9fff])")
#: Stands between alternatives of which one is enough.
OR = "或"


class Kind(Model):
    """A kind of cooperation, and the kinds of offer that answer it besides its own."""

    id: str
    label: str
    written: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()


class Certificate(Model):
    """A certificate; *fact* is the catalogue's field that says it, *implies* the certificates it stands for."""

    id: str
    label: str
    written: tuple[str, ...] = ()
    fact: str = ""
    implies: tuple[str, ...] = ()


class Words(Model):
    """The file ``catalogue/match/words.yaml``."""

    kind: Literal["match_words"]
    title: str
    kinds: tuple[Kind, ...]
    manners: tuple[str, ...]
    titles: dict[str, tuple[str, ...]]
    certificates: tuple[Certificate, ...]
    inside: dict[str, tuple[str, ...]]
    same_place: dict[str, str]
    anywhere: tuple[str, ...]
    together: dict[str, tuple[str, ...]]
    near: dict[str, tuple[str, ...]]
    within: tuple[str, ...]
    wishes: dict[Literal["before", "behind", "must", "holding"], tuple[str, ...]]
    joints: tuple[str, ...]
    unjoined: tuple[str, ...]
    firms: tuple[str, ...]
    empty: frozenset[str]
    talk: tuple[str, ...]
    ends: tuple[str, ...]

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {bare(word): one.id for one in self.kinds for word in (one.id, one.label, *one.written)}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {bare(word): title for title, written in self.titles.items() for word in (title, *written)}

    @cached_property
    def _certificates(self) -> dict[str, str]:
        return {bare(word): one.id for one in self.certificates for word in (one.id, one.label, *one.written)}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {one.id: one.label for one in self.kinds} | {one.id: one.label for one in self.certificates}

    def kind_of(self, text: str) -> str | None:
        """The kind that a text names."""
        return self._kinds.get(bare(text)) or self._kinds.get(bare(text).removesuffix("类"))

    def title_of(self, text: str) -> str | None:
        """The title that a text names."""
        return self._titles.get(bare(text))

    def certificate_of(self, text: str) -> str | None:
        """The certificate that a text names, with or without the words 认证, 证书 behind it."""
        word = bare(text)
        stem = re.sub(r"(?:体系)?(?:认证)?(?:证书)?$", "", word)
        return self._certificates.get(word) or self._certificates.get(stem)

    def what_of(self, text: str) -> str:
        """A product or title without how one would cooperate on it: 冻干机设备共享 is about 冻干机."""
        return self._manners.sub("", text.strip()).strip()

    @cached_property
    def _manners(self) -> re.Pattern[str]:
        named = sorted(map(re.escape, self.manners), key=len, reverse=True)
        before = "|".join(one for one in named if len(one) > 3)  # 联合研发轴承, but not 研发设备
        return re.compile(rf"^(?:{before})+|(?:的?(?:{'|'.join(named)}))+$")

    def apart(self, text: str) -> Iterator[str]:
        """What the words of ``joints`` join, where at least two characters stand on either side.

        A joint inside the name of a firm (青岛和达科技有限公司) joins nothing.
        """
        start = 0
        for match in self._joints.finditer(text):
            before, behind = text[start : match.start()].strip(), text[match.end() :].strip()
            whole = behind.endswith(self.firms) and not before.endswith(self.firms)
            if match["joint"] and min(len(before), len(behind)) > 1 and not whole:
                yield before
                start = match.end()
        yield text[start:]

    @cached_property
    def _joints(self) -> re.Pattern[str]:
        """A joint, or a word that holds one and goes whole: what is known goes first."""
        named: list[Kind | Certificate] = [*self.kinds, *self.certificates]
        known = (*self.titles, *(word for one in named for word in (one.label, *one.written)))
        whole = [one for one in (*known, *self.unjoined) if any(joint in one for joint in self.joints)]
        kept, joints = ("|".join(map(re.escape, sorted(own, key=len, reverse=True))) for own in (whole, self.joints))
        return re.compile(rf"{kept}|(?P<joint>{joints})", re.IGNORECASE)

    def is_anything(self, text: str) -> bool:
        """Whether a text says that nothing is asked."""
        return bare(text) in {bare(word) for word in self.anywhere}

    def label_of(self, one: str) -> str:
        """What a kind or certificate is called; a text that is none stays as it is."""
        return self._labels.get(one, one)

    def answers(self, kind: str) -> frozenset[str]:
        """The kinds of offer that answer a need of *kind*."""
        also = next((one.answered_by for one in self.kinds if one.id == kind), ())
        return frozenset((kind, *also))

    def implied(self, certificates: Iterable[str]) -> frozenset[str]:
        """*certificates* and all that they stand for."""
        held = frozenset(certificates)
        return held | {more for one in self.certificates if one.id in held for more in one.implies}


@cache
def words() -> Words:
    """The words that come with the package."""
    return read(folder() / "match" / "words.yaml").parse(Words)


def items(text: str) -> list[str]:
    """What stands between stops, in order, each once; what 和 joins is one item, such as a product's name."""
    return list(dict.fromkeys(item for part in _STOP.split(text) if (item := part.strip(" 。."))))


def pieces(text: str, known: Container[str] = frozenset()) -> list[str]:
    """The items of an enumeration, in order, each once; what is *known* goes whole, like the words that come along."""
    found = (piece.strip(" 。.") for one in items(text) for piece in ([one] if one in known else words().apart(one)))
    return list(dict.fromkeys(piece for piece in found if piece))


def alternatives(text: str) -> list[str]:
    """What stands between 或."""
    return [part.strip() for part in _EITHER.split(text) if part.strip()]
