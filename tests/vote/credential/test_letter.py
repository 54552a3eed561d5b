import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.credential import generate_credential
from crypto.errors import MalformedError
from tests.strategies import randomness
from vote.credential.letter import Letter, decode_letters, encode_letters
from vote.credential.letter_number import write_letter_number

GOOD = {
    "election": "DQB53CqA1UtMwz",
    "entitlement": 1,
    "credential": "guyDu-tFHGuC-TAL8y-VqJfpp",
    "places": ["3幢2单元501室"],
    "owner": "张*",
}
texts = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10)
letters = st.builds(
    Letter,
    st.just("DQB53CqA1UtMwz"),
    st.integers(1, 5000),
    st.builds(generate_credential, randomness),
    st.lists(texts, max_size=3).map(tuple),
    texts,
    st.none() | st.builds(write_letter_number, st.binary(min_size=5, max_size=5)),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(letters, max_size=4).map(tuple))
def test_letters_are_read_as_they_were_written(written):
    data = encode_letters(written)
    assert decode_letters(data) == written
    assert len(data.splitlines()) == len(written)


def test_a_letter_has_the_address_of_its_qr_code_where_the_site_is_given():
    letter = Letter("DQB53CqA1UtMwz", 1, "guyDu-tFHGuC-TAL8y-VqJfpp", ("3幢2单元501室",), "张*", "04HM-ASW9")
    data = encode_letters([letter, letter._replace(number=None)], "https://vote.example/")
    first, second = map(json.loads, data.splitlines())
    link = "https://vote.example/elections/DQB53CqA1UtMwz/vote#04HM-ASW9.guyDu-tFHGuC-TAL8y-VqJfpp"
    assert (first["link"], second["link"]) == (link, link.replace("04HM-ASW9.", ""))
    assert decode_letters(data) == (letter, letter._replace(number=None))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("election", "x"),
        ("entitlement", 0),
        ("credential", "guyDu-tFHGuC-TAL8y-VqJfp0"),
        ("credential", None),
        ("places", "3幢"),
        ("places", [""]),
        ("owner", 5),
        ("number", "04hm-asw9"),
        ("number", None),
        ("more", 1),
        ("link", "https://vote.example/elections/DQB53CqA1UtMwz/vote#04HM-ASW9.guyDu-tFHGuC-TAL8y-VqJfpp"),
    ],
)
def test_a_changed_letter_is_refused_and_its_credential_not_repeated(field, value):
    lines = [json.dumps(GOOD), json.dumps({**GOOD, "number": "04HM-ASW9"}), json.dumps({**GOOD, field: value})]
    with pytest.raises(MalformedError) as refusal:
        decode_letters("\n".join(lines).encode())
    assert "guyDu" not in str(refusal.value)


def test_an_address_that_leads_elsewhere_is_refused():
    link = "https://vote.example/elections/DQB53CqA1UtMwz/vote#04HM-ASW8.guyDu-tFHGuC-TAL8y-VqJfpp"
    with pytest.raises(MalformedError, match="does not lead"):
        decode_letters(json.dumps({**GOOD, "number": "04HM-ASW9", "link": link}).encode())
