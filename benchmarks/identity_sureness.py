"""How sure, and whether rightly: likelihoods promised and kept, what three answers cost, and a picture of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log, sqrt
from typing import NamedTuple

import numpy as np

from identity_scores import table
from rongtong.identity import compare_all, shipped

_EDGES = (0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1)
_BOUNDS = (
    (0.5, 0.5),
    (0.4, 0.6),
    (0.3, 0.8),
    (0.2, 0.9),
    (0.2, 0.95),
    (0.2, 0.99),
    (0.2, 0.995),
    (0.1, 0.998),
    (0.02, 0.9995),
)


class Bin(NamedTuple):
    """Pairs of about one likelihood: how many, what was promised on average, what share was one firm."""

    least: float
    most: float
    count: int
    promised: float
    kept: float


def bins(likely: np.ndarray, same: np.ndarray) -> list[Bin]:
    """The bins that hold any pair; the last takes in 1."""
    at = np.clip(np.searchsorted(_EDGES, likely, side="right") - 1, 0, len(_EDGES) - 2)
    held = [(one, at == one) for one in sorted(set(at))]
    return [
        Bin(_EDGES[one], _EDGES[one + 1], int(own.sum()), float(likely[own].mean()), float(same[own].mean()))
        for one, own in held
    ]


def reliability(likely: np.ndarray, same: np.ndarray) -> None:
    """The table of bins, the Brier score and the expected calibration error."""
    found = bins(likely, same)
    error = sum(one.count * abs(one.promised - one.kept) for one in found) / max(len(likely), 1)
    lines = ([f"{b.least:g} – {b.most:g}", f"{b.count:,}", f"{b.promised:.4f}", f"{b.kept:.4f}"] for b in found)
    table(("likelihood", "pairs", "promised", "one firm"), lines)
    print(f"\nBrier score {np.mean((likely - same) ** 2):.5f}, expected calibration error {error:.4f}")


def outcomes(said: Sequence[str], same: np.ndarray) -> None:
    """What the shipped bounds give."""
    seen = Counter(zip(said, same.tolist(), strict=True))
    lines = ([one, f"{seen[one, True]:,}", f"{seen[one, False]:,}"] for one in ("same", "ask", "different"))
    table(("at the shipped bounds", "one firm", "two firms"), lines)


def curve(names: Sequence[tuple[str, str]], same: np.ndarray) -> None:
    """Bounds, and for each how many questions they cost and how many errors they leave, of 1,000 pairs."""
    table(("asked from", "same from", "questions", "wrong “same”", "missed", "errors"), _costs(names, same))
    print("\nof 1,000 pairs; rules hold at all bounds")


def _costs(names: Sequence[tuple[str, str]], same: np.ndarray) -> Iterator[list[str]]:
    for ask, sure in _BOUNDS:
        said = np.array([one.outcome for one in compare_all(names, shipped()._replace(ask=ask, same=sure))])
        wrong, missed = (said == "same") & ~same, (said == "different") & same
        shares = [np.mean(one) * 1000 for one in (said == "ask", wrong, missed, wrong | missed)]
        yield [f"{ask:g}", f"{sure:g}", *(f"{share:.1f}" for share in shares)]


# The picture: both axes as log odds, for what matters happens at the ends.

_SIZE, _EDGE, _FARTHEST = 420, 64, 7.6
_TICKS = (0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
_FONT = "font: 12px 'Noto Sans', 'Segoe UI', sans-serif; background: #ffffff"


def _place(share: float) -> float:
    """Where a share stands on an axis, in pixels from 0 to _SIZE."""
    odds = log(share / (1 - share)) if 0 < share < 1 else (2 * share - 1) * _FARTHEST
    return (max(-_FARTHEST, min(_FARTHEST, odds)) + _FARTHEST) / (2 * _FARTHEST) * _SIZE


def picture(likely: np.ndarray, same: np.ndarray) -> str:
    """The bins as an SVG: promised to the right, kept upwards, with 95 % intervals (Wilson)."""
    side = _SIZE + 2 * _EDGE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" style="{_FONT}">'
    ground = f'<rect width="{side}" height="{side}" fill="#ffffff"/>'
    return "\n".join([head, ground, *_axes(), *map(_mark, bins(likely, same)), "</svg>\n"])


def _x(share: float) -> str:
    return f"{_EDGE + _place(share):.1f}"


def _y(share: float) -> str:
    return f"{_EDGE + _SIZE - _place(share):.1f}"


def _axes() -> Iterator[str]:
    end, middle = _EDGE + _SIZE, _EDGE + _SIZE / 2
    for tick in _TICKS:
        yield f'<path d="M{_x(tick)} {_EDGE}V{end}M{_EDGE} {_y(tick)}H{end}" stroke="#e3e8ee"/>'
        yield f'<text x="{_x(tick)}" y="{end + 18}" text-anchor="middle" fill="#51606f">{100 * tick:g} %</text>'
        yield f'<text x="{_EDGE - 8}" y="{_y(tick)}" dy="4" text-anchor="end" fill="#51606f">{100 * tick:g} %</text>'
    yield f'<path d="M{_EDGE} {end}L{end} {_EDGE}" stroke="#9aa7b4" stroke-dasharray="4 4"/>'
    yield f'<text x="{middle}" y="{end + 42}" text-anchor="middle" fill="#1d2b38">how likely one firm, as said</text>'
    turned = f'transform="rotate(-90 16 {middle})"'
    yield f'<text x="16" y="{middle}" text-anchor="middle" fill="#1d2b38" {turned}>share that is one firm</text>'


def _mark(one: Bin) -> str:
    low, high = _interval(one.kept, one.count)
    x, radius = _x(one.promised), 2 + log(one.count) / 2
    told = f"<title>{one.count:,} pairs: {one.promised:.4f} promised, {one.kept:.4f} kept</title>"
    bar = f'<path d="M{x} {_y(low)}V{_y(high)}" stroke="#1f5f99" stroke-width="1.5"/>'
    return (
        f'<g>{told}{bar}<circle cx="{x}" cy="{_y(one.kept)}" r="{radius:.1f}" fill="#1f5f99" fill-opacity="0.75"/></g>'
    )


def _interval(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share of *count*, after Wilson."""
    z = 1.96
    middle, wide = share + z * z / (2 * count), z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - wide) / (1 + z * z / count), (middle + wide) / (1 + z * z / count)
