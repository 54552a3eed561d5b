import httpx
import pytest

from tests.strategies import seeded
from tests.vote.credential.test_service import GOOD, SERVICE
from tests.vote.drafts import DUTIES, UUID, add_draft
from tests.vote.serving import client
from vote.account.service import AccountService
from vote.account.store import AccountStore
from vote.credential.rules import decode_request, encode_public_list
from vote.credential.views import routes
from vote.role import Role

pytestmark = pytest.mark.usefixtures("database")
ACCOUNTS = AccountService(AccountStore(), "staff", seeded(1), b"k" * 32)
PATH = f"/api/elections/{UUID}/registrar"


async def _client(key: str | None = None) -> httpx.AsyncClient:
    await add_draft()
    http = client(routes, {"authority": ACCOUNTS, "credentials": SERVICE})
    keys = await ACCOUNTS.issue_all(UUID, DUTIES)
    http.headers["Authorization"] = f"Bearer {key or keys[Role.REGISTRAR][1]}"
    return http


async def test_the_registrar_gets_the_request_and_sends_the_list():
    async with await _client() as http:
        answer = await http.get(f"{PATH}/request")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        assert len(decode_request(answer.content).lines) == 3
        sent = await http.post(f"{PATH}/credentials", content=encode_public_list(GOOD))
        assert (sent.status_code, sent.content) == (204, b"")
    assert await SERVICE.store.count(UUID) == 3


async def test_without_the_registrars_key_there_is_nothing():
    async with await _client("wrong") as http:
        assert (await http.get(f"{PATH}/request")).status_code == 403
        assert (await http.post(f"{PATH}/credentials", content=encode_public_list(GOOD))).status_code == 403
        del http.headers["Authorization"]
        assert (await http.get(f"{PATH}/request")).status_code == 401


async def test_a_list_of_more_than_16_mib_is_not_read():
    async with await _client() as http:
        answer = await http.post(f"{PATH}/credentials", content=b" " * (16 * 2**20 + 1))
        assert answer.status_code == 413
