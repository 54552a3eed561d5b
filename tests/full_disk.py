"""A disk without room: for a running process on SQLite, for tables of PostgreSQL."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from tests.databases import connect

FAIL = """
CREATE FUNCTION no_room() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END
$$ LANGUAGE plpgsql
"""


@contextmanager
def full_for(process: int, size: int) -> Iterator[None]:
    """Let no file that a process writes grow over `size` bytes inside the block."""
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)


@contextmanager
def full_in(url: str, *tables: str) -> Iterator[None]:
    """Let PostgreSQL fail as it does on a full disk whenever somebody adds to one of `tables` inside the block."""
    with connect(url) as other:
        other.execute(FAIL)
        for table in tables:
            other.execute(f"CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()")
        try:
            yield
        finally:
            for table in tables:
                other.execute(f"DROP TRIGGER no_room ON {table}")
