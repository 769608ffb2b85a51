"""Vectors computed once a text: a file of them beside the alliance's folder, by content hash."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from rongtong.match.encoders import Encoder
from rongtong.match.grams import Array

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB NOT NULL)"
_AT_ONCE = 500


class Cached:
    """An encoder that remembers: several processes may share one file, and each text is encoded once.

    What is encoded is written every few hundred texts, so work that is stopped goes on from there.
    """

    def __init__(self, encoder: Encoder, file: Path) -> None:
        self.name = encoder.name
        self._encoder, self._file = encoder, file
        file.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            connection.execute(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=60)) as connection, connection:
            yield connection

    def encode(self, texts: Sequence[str]) -> Array:
        """Like :meth:`rongtong.match.encoders.Encoder.encode`."""
        distinct = list(dict.fromkeys(texts))
        blocks = [self._block(distinct[at : at + _AT_ONCE]) for at in range(0, len(distinct), _AT_ONCE)]
        if not blocks:
            return self._encoder.encode(texts)
        place = {text: at for at, text in enumerate(distinct)}
        return np.asarray(np.concatenate(blocks)[[place[text] for text in texts]])

    def _block(self, texts: list[str]) -> Array:
        keys = [hashlib.sha256(f"{self.name}\n{text}".encode()).digest() for text in texts]
        asked = f"SELECT text, vector FROM vectors WHERE text IN ({','.join('?' * len(keys))})"
        with self._open() as connection:
            found = {key: np.frombuffer(vector, np.float32) for key, vector in connection.execute(asked, keys)}
        missing = [at for at, key in enumerate(keys) if key not in found]
        if missing:
            rows = self._encoder.encode([texts[at] for at in missing])
            self._keep([(keys[at], row.tobytes()) for at, row in zip(missing, rows, strict=True)])
            found |= {keys[at]: row for at, row in zip(missing, rows, strict=True)}
        return np.stack([found[key] for key in keys])

    def _keep(self, made: list[tuple[bytes, bytes]]) -> None:
        with self._open() as connection:
            connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", made)
