from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rongtong.sample import Sample, generate
from rongtong.sample.population import Population, populate

FIRMS = 400


@pytest.fixture(scope="session")
def city() -> Population:
    """The default size, without workbooks."""
    return populate(8600, 2022)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A small sample with all its workbooks."""
    return generate(tmp_path_factory.mktemp("sample"), firms=FIRMS)


@pytest.fixture(scope="session")
def cells(made: Sample) -> pa.Table:
    return pq.read_table(made.path / "truth" / "cells.parquet")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "again"
