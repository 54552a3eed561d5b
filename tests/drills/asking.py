"""An owner's device for one ballot: send the sealed bytes, keep the receipt. It is killed before the answer comes.

python asking.py HOST:PORT PATH BALLOT RECEIPT
"""

import http.client
import sys
from pathlib import Path


def main(address: str, path: str, ballot: str, receipt: str) -> None:
    """Send the ballot in a file; keep the answer in another."""
    connection = http.client.HTTPConnection(address, timeout=60)
    connection.request("POST", path, Path(ballot).read_bytes(), {"Content-Type": "application/json"})
    sys.stdout.write("sent\n")
    sys.stdout.flush()
    answer = connection.getresponse()
    body = answer.read()
    if answer.status in {200, 201}:
        Path(receipt).write_bytes(body)


if __name__ == "__main__":
    main(*sys.argv[1:])
