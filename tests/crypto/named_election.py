"""A named election of fifteen choices, five ballots and two trustees of three, with what every trustee opens for the office."""

from crypto.ballot import decode_ballot, seal_ballot, tracker
from crypto.ceremony import assemble_trustees
from crypto.ceremony_post import Round
from crypto.chunk import CountedBallot, row_of
from crypto.credential import derive_secret
from crypto.election import decode_election, encode_election
from crypto.opening_list import make_opening_list
from crypto.question import Question
from crypto.tally import sum_slice
from crypto.trustees import decode_trustees
from tests.crypto.ceremonies import Ceremony
from tests.strategies import seeded

UUID = "DQB53CqA1UtMwz"
CEREMONY = Ceremony(3, 2).run_until(Round.KEYS)
TRUSTEES = decode_trustees(assemble_trustees(CEREMONY.board))
ELECTION = decode_election(
    encode_election(
        UUID,
        "记名表决",
        "",
        TRUSTEES.public_key,
        [
            Question("选举委员", tuple("甲乙丙丁戊己庚辛壬癸子"), minimum=0, maximum=3, blank=False),
            Question("是否续聘", ("同意", "反对", "弃权"), minimum=1, maximum=1, blank=True),
        ],
    )
)
CHOICES = (
    ((1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), (0, 1, 0, 0)),
    ((0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), (1, 0, 0, 0)),
    ((1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0), (0, 0, 0, 1)),
    ((0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1), (0, 0, 1, 0)),
    ((1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), (0, 1, 0, 0)),
)
WEIGHTS = 89370001, 103120001, 150030001, 5700000001, 90410001
TOTALS = (
    (329810003, 150030001, 150030001, 0, 0, 0, 0, 0, 5700000001, 5700000001, 5879780003),
    (103120001, 179780002, 5700000001, 150030001),
)
"""Added up by hand."""
BALLOTS = tuple(
    seal_ballot(ELECTION, derive_secret(UUID, f"owner {number}"), choices, seeded(number))
    for number, choices in enumerate(CHOICES)
)
TALLY = sum_slice(
    ELECTION, [(decode_ballot(data, ELECTION), weight) for data, weight in zip(BALLOTS, WEIGHTS, strict=True)]
).tally
COUNTED = tuple(CountedBallot(tracker(data), row_of(decode_ballot(data, ELECTION))) for data in BALLOTS)
LISTS = {
    owner: make_opening_list(ELECTION, owner, CEREMONY.secret(owner), COUNTED, seeded(owner)) for owner in (1, 2, 3)
}
