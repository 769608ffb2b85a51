"""Lists of firms."""

from __future__ import annotations

from rongtong.portal.design.tables import FirmTable


class DirectoryTable(FirmTable):
    """Name, code, district."""
