import httpx
import pytest

from crypto.ceremony_board import decode_board, encode_board
from crypto.ceremony_post import encode_post
from crypto.encoding import compact_json
from tests.crypto.ceremonies import Ceremony
from tests.strategies import seeded
from tests.vote.drafts import DUTIES, UUID, add_draft
from tests.vote.serving import client
from vote.account.service import AccountService
from vote.account.store import AccountStore
from vote.election.store import ElectionStore
from vote.role import Role
from vote.trustee.service import TrusteeService
from vote.trustee.store import TrusteeStore
from vote.trustee.views import routes

pytestmark = pytest.mark.usefixtures("database")
ACCOUNTS = AccountService(AccountStore(), "staff", seeded(1), b"k" * 32)
BOARD = f"/api/elections/{UUID}/board"


def _client() -> httpx.AsyncClient:
    return client(routes, {"authority": ACCOUNTS, "trustees": TrusteeService(TrusteeStore(), ElectionStore())})


async def _key(slot: int) -> str:
    return (await ACCOUNTS.issue_all(UUID, DUTIES))[Role.TRUSTEE][slot - 1]


async def _post(key: str, slot: int, index: int) -> httpx.Response:
    post = compact_json(encode_post(Ceremony(3, 2).board.posts[index - 1]))
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    async with _client() as http:
        return await http.post(f"/api/elections/{UUID}/trustees/{slot}/posts", content=post, headers=headers)


async def test_everybody_may_read_the_board():
    await add_draft()
    async with _client() as http:
        answer = await http.get(BOARD)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert decode_board(answer.content).size == 3


async def test_a_trustee_posts_with_its_own_key():
    await add_draft()
    key = await _key(2)
    answer = await _post(key, 2, 2)
    assert answer.status_code == 201
    async with _client() as http:
        assert (await http.get(BOARD)).content == answer.content
    assert encode_board(decode_board(answer.content)) == answer.content


async def test_the_key_of_another_trustee_does_not_do():
    await add_draft()
    key = await _key(1)
    answer = await _post(key, 2, 2)
    assert (answer.status_code, answer.json()["reason"]) == (403, "not-allowed")


async def test_an_own_key_does_not_do_for_the_post_of_another():
    await add_draft()
    key = await _key(2)
    answer = await _post(key, 2, 1)
    assert (answer.status_code, answer.json()["reason"]) == (403, "not-allowed")
