"""Whatever stands in the private half of a posting is read nowhere by those who may not."""

from __future__ import annotations

import html
import io
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import CharField, JSONField, TextField
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.cooperation import POINTS, buyers
from rongtong.errors import InputError
from rongtong.match.writing import bare
from rongtong.portal.days import today
from rongtong.portal.notifications.models import Notification
from rongtong.portal.people.models import Role
from rongtong.portal.postings import disclosure, operations
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.postings.operations import LONGEST

pytestmark = pytest.mark.either

WORDS = "精密阀座密封轴承耐高温试制送样粗糙度材料钢件平台新代机型柴油电控涂层"
words = st.text(alphabet=WORDS, min_size=12, max_size=30)
#: How a secret may be slipped into the public half: as it stands, in another writing, in part, or not at all.
slips = st.sampled_from(
    [
        "",
        "{n} 件",
        "{n:,}件",
        "共 {wan:f} 万件",
        "预算 {b} 万元",
        "预算 {yuan} 元",
        "{yuan:,}",
        "{text}",
        "{part}",
        "{name}",
        "每套 {p} 元",
        "{p:,}元一套",
    ]
)
#: Where in the public half the slip may stand.
places = st.sampled_from(["title", "text", "segment", "products", "regions", "titles", "certificates", "wishes"])
few = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def readers(client_of):
    return {role: client_of(role) for role in (None, Role.FIRM, Role.SECRETARIAT, Role.ADMINISTRATOR)}


secrets = st.fixed_dictionaries(
    {
        "said": words, "text": words, "n": st.integers(100_003, 999_983), "b": st.integers(12_345, 98_765),
        "slip": slips, "name": st.text("QWXZ7", min_size=8, max_size=8),
        "p": st.integers(1_001, 9_999), "visible": st.sampled_from(["public", "alliance"]), "place": places,
    }
)  # fmt: skip  # read by rows


@few
@given(secrets)
def test_the_private_half_is_read_nowhere(db, person, readers, own_home, one):
    buyer, _research, firm = buyers()
    said, text, n, b, p, slip, name = (one[key] for key in ("said", "text", "n", "b", "p", "slip", "name"))
    told = {"n": n, "wan": Decimal(n) / 10_000, "b": b, "yuan": b * 10_000, "text": text, "part": text[:12], "p": p}
    with transaction.atomic():
        public = {
            "kind": "parts", "title": said[:20], "text": said,
            "visibility": one["visible"], "expires_on": today() + LONGEST,
        }  # fmt: skip  # read by rows
        public |= put(one["place"], slip.format(**told, name=name), public.get(one["place"], ""))
        drawing = SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.4")
        private = {"text": text, "quantity": f"{n} 件/年", "budget": Decimal(b * 10_000), "drawing": drawing}
        private |= {"price": f"{p} 元/套"}
        private |= {"drawing_name": drawing.name, "excludes": [f"{name}有限公司"]}
        try:
            need = operations.post(actor=buyer, firm=firm, side="need", public=public, private=private)
        except InputError:
            assert slip or bare(text)[:6] in bare(said) or leaks(bare(said), text)
        else:
            operations.hand_in(actor=buyer, posting=need)
            scoring = reverse("postings:review", args=[need.pk])
            read = [plain(readers[Role.SECRETARIAT].get(scoring))]
            operations.review(actor=person(Role.SECRETARIAT), posting=need, points=POINTS)
            read += everywhere(readers, need)
            numbers = [written for number in (n, b, b * 10_000) for written in (str(number), f"{number:,}")]
            hidden = [*numbers, f"{p} 元", f"{p:,}元", name, *runs(text)]
            assert [word for word in hidden for page in read if word in page] == []
        transaction.set_rollback(True)


def put(place: str, slip: str, before: object = "") -> dict[str, object]:
    """The public field *place* with *slip* in it, after what stands there."""
    if place == "wishes":
        return {place: {"regions": [slip]}}
    listed = isinstance(Posting._meta.get_field(place), JSONField)
    return {place: [slip] if listed else "，".join(filter(None, [str(before), slip]))}


#: The public half as a reader reads it: its fields that hold words.
PUBLIC = sorted(
    field.name
    for field in Posting._meta.concrete_fields
    if isinstance(field, CharField | TextField | JSONField)
    and not field.choices
    and field.name not in {"firm", "kind", "state", "found_by"}
)
#: The private half, and how each of its fields is kept with a number, a name or a sentence in it.
PRIVATE = {
    "text": lambda told: {"text": told["text"]},
    "quantity": lambda told: {"quantity": f"{told['n']} 件/年"},
    "budget": lambda told: {"budget": Decimal(told["n"])},
    "price": lambda told: {"price": f"{told['n']}—{told['n'] + 7} 元/套"},
    "excludes": lambda told: {"excludes": [f"{told['name']}有限公司"]},
    "drawing": lambda told: {"drawing": SimpleUploadedFile(f"{told['name']}.pdf", b"%PDF-1.4")},
    "drawing_name": lambda told: {"drawing_name": f"{told['name']}.pdf"},
}
#: How a number may be written, wherever it stands.
NUMBERS = ["{n}", "{n:,}", "共{n}件", "{wan:f}万", "{n} 元", "{wan:f} 万元"]
WRITTEN = {
    "text": ["{text}", "{part}"], "quantity": NUMBERS, "budget": NUMBERS, "price": NUMBERS,
    "excludes": ["{name}有限公司"], "drawing": ["{name}"], "drawing_name": ["见 {name}", "{name}.pdf"],
}  # fmt: skip  # read by rows


def test_every_field_of_either_half_is_tried():
    assert set(PRIVATE) == set(WRITTEN) == {one.name for one in PrivateHalf._meta.concrete_fields} - {"posting"}
    shown = Posting(**{name: value for place in PUBLIC for name, value in put(place, f"〔{place}〕").items()})
    assert [place for place in PUBLIC if f"〔{place}〕" not in shown.public_half] == []


@pytest.mark.parametrize("kept", PRIVATE)
@pytest.mark.parametrize("place", PUBLIC)
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_field_of_the_public_half_may_say_what_a_field_of_the_private_half_says(db, own_firm, kept, place, data):
    name, n = data.draw(st.text("KMZ7", min_size=8, max_size=8)), data.draw(st.integers(100_003, 999_983))
    told = {"name": name, "n": n, "text": data.draw(words)}
    slip = data.draw(st.sampled_from(WRITTEN[kept])).format(**told, wan=Decimal(n) / 10_000, part=told["text"][:12])
    posting = Posting(firm=own_firm.id, side="need", **{"title": "轴承座"} | put(place, slip))
    private = PrivateHalf(**PRIVATE[kept](told))
    with pytest.raises(InputError, match=r"不公开|回避|图纸"):
        disclosure.check(posting, private, own_firm)


def leaks(said: str, text: str) -> bool:
    return any(one in said for one in runs(bare(text)))


def runs(text: str) -> list[str]:
    return [text[at : at + 12] for at in range(len(text) - 11)]


def everywhere(readers, need) -> list[str]:
    """What the public, another firm, the secretariat and the administrator read of it, and what people are told."""
    hall, page = reverse("postings:needs"), reverse("postings:posting", args=[need.pk])
    urls = [hall, page, f"{hall}?export=csv"]
    read = [plain(client.get(url)) for client in readers.values() for url in urls]
    read.append(workbook(readers[Role.FIRM].get(f"{hall}?export=xlsx").content))
    read.append(plain(readers[Role.ADMINISTRATOR].get(reverse("audit:trail"))))
    return [*read, *(f"{one.title} {one.text} {one.url}" for one in Notification.objects.all())]


def plain(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return html.unescape(re.sub(r"<[^>]+>", " ", content.decode()))


def workbook(content: bytes) -> str:
    sheet = load_workbook(io.BytesIO(content)).active
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_the_drawing_is_given_to_those_who_read_the_private_half_alone(db, client_of, own_home, person):
    buyer, _research, firm = buyers()
    drawing = SimpleUploadedFile("阀座.pdf", b"%PDF-1.4")
    public = {"kind": "parts", "title": "密封件", "text": "耐高温", "expires_on": today() + LONGEST}
    need = operations.post(actor=buyer, firm=firm, side="need", public=public, private={"drawing": drawing})
    operations.hand_in(actor=buyer, posting=need)
    operations.review(actor=person(Role.SECRETARIAT), posting=need, points=POINTS)
    url = reverse("postings:drawing", args=[need.pk])
    roles = (Role.LARGE_FIRM, Role.FIRM, Role.SECRETARIAT, Role.CITY_OFFICER, None)
    answers = [client_of(role).get(url) for role in roles]
    assert [one.status_code for one in answers] == [200, 403, 403, 403, 302]
    answers[0].close()
