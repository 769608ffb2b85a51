"""How the workbooks look: one palette, one font, a mark and a colour for each of the three answers."""

from __future__ import annotations

from typing import Any

FONT = "微软雅黑"
SEA, INK, SEA_PALE = "#0f4c81", "#1f2937", "#e6eff8"
TREE, TREE_PALE = "#2b7356", "#e8f3ee"
TILE, TILE_PALE = "#b0412b", "#fbeae6"
AMBER, AMBER_PALE = "#7d5a00", "#fdf4dd"

BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top"}

STYLES: dict[str, dict[str, Any]] = {
    "title": BASE | {"font_size": 16, "bold": True, "font_color": SEA},
    "head": BASE | {"bold": True, "font_color": "#ffffff", "bg_color": SEA, "text_wrap": True, "valign": "vcenter"},
    "section": BASE
    | {"bold": True, "font_size": 12, "font_color": SEA, "valign": "bottom", "bottom": 1, "bottom_color": SEA},
    "label": BASE | {"bold": True},
    "plain": BASE,
    "note": BASE | {"text_wrap": True},
    "text": BASE,
    "wrap": BASE | {"text_wrap": True},
    "band": BASE | {"text_wrap": True, "bold": True, "bg_color": SEA_PALE, "top": 1, "top_color": SEA},
    "number": BASE | {"num_format": "#,##0.##;-#,##0.##;0", "align": "right"},
    "count": BASE | {"num_format": "#,##0", "align": "left"},
    "yes": BASE | {"bold": True, "font_color": TREE, "bg_color": TREE_PALE},
    "no": BASE | {"bold": True, "font_color": TILE, "bg_color": TILE_PALE},
    "unknown": BASE | {"bold": True, "font_color": AMBER, "bg_color": AMBER_PALE},
}
