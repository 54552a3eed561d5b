from datetime import UTC, datetime

from vote.message.tc3 import Operation, signed_headers


def test_the_example_of_the_specification_is_signed_as_there():
    # Tencent Cloud, "Signature v3", the example of DescribeInstances.
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    operation = Operation("cvm.tencentcloudapi.com", "cvm", "DescribeInstances", "2017-03-12", "ap-guangzhou", body)
    now = datetime.fromtimestamp(1551113065, UTC)
    assert signed_headers(
        operation, "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", now=now
    ) == {
        "authorization": "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host, "
        "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
        "content-type": "application/json; charset=utf-8",
        "host": "cvm.tencentcloudapi.com",
        "x-tc-action": "DescribeInstances",
        "x-tc-timestamp": "1551113065",
        "x-tc-version": "2017-03-12",
        "x-tc-region": "ap-guangzhou",
    }
