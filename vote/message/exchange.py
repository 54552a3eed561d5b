"""Sends one request to a carrier's service and takes the answer, with an end to waiting and to reading.

 * What goes wrong holds the request, and with it number and code: it is dropped here and told in a few words.
 * Requests go to the transport itself, since the client above it would write their address into the log.

Not here: what is asked and what the answer means.
"""

import asyncio

import httpx

LARGEST_ANSWER = 1 << 18


async def exchange(
    transport: httpx.AsyncHTTPTransport, request: httpx.Request, timeout_seconds: float
) -> tuple[int, bytes] | str:
    """Return status and body, empty if it is too large, or what was wrong."""
    request.extensions["timeout"] = httpx.Timeout(timeout_seconds).as_dict()
    try:
        async with asyncio.timeout(timeout_seconds):
            response = await transport.handle_async_request(request)
            try:
                return response.status_code, await _read(response)
            finally:
                await response.aclose()
    except (TimeoutError, httpx.TimeoutException):
        return "did not answer in time"
    except httpx.HTTPError as error:
        return f"could not be reached ({type(error).__name__})"


async def _read(response: httpx.Response) -> bytes:
    body = b""
    async for part in response.aiter_bytes():
        body += part
        if len(body) > LARGEST_ANSWER:
            return b""
    return body
