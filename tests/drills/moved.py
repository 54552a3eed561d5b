"""The program `vote` with a clock of the database that a file moves: `python -m tests.drills.moved serve`.

So days pass in a drill, while processes, database and everything else are the real ones.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from vote import db

VARIABLE = "DRILL_CLOCK"
"""Names the file that holds how many seconds the clock is ahead."""
_database_now = db.database_now


def ahead() -> timedelta:
    """Return how far the clock is moved."""
    return timedelta(seconds=float(Path(os.environ[VARIABLE]).read_text()))


async def moved_now() -> datetime:
    """Return the database's clock, moved."""
    return await _database_now() + ahead()


if VARIABLE in os.environ:
    # Whoever collects doctests imports this too, and keeps the real clock.
    db.database_now = moved_now

if __name__ == "__main__":
    # Only now: what it loads takes the clock from `vote.db` by its name.
    from vote.__main__ import main

    main()
