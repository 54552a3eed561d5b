"""What owners agree to when they vote electronically: one text, known by its SHA-256.

* It says who asks, what is agreed to, how to vote otherwise, and that agreeing is free.
* A text that owners signed is never changed: another one gets the next number, and the old ones stay known.

Follows the Electronic Signature Law arts. 3, 13 and 14. Not here: its signature (`crypto.agreement`).
"""

from crypto.encoding import hex_digest

TEXT = """同意电子投票（第1版）

我是这封信上所写房屋的业主，或者有业主签字的委托书。我同意在这次表决中用电子方式投票，并且知道：

一、我用信上的投票码和发到我手机上的验证码投票。两样合起来就是我的电子签名，只由我掌握，别人手里都不全。
二、用它投的票和我在纸票上签字一样有效（《电子签名法》第十三条、第十四条）。我可以再投，以投票结束前最后一次为准。
三、票在我的手机里锁好才寄出。投票结束前，社区、物业、做软件的人都打不开。
四、我不同意，或者以后改主意，可以不用电子方式：填信里的纸票，或者带身份证到社区现场投，效力一样。
五、投票码和验证码我不给别人。信丢了、房子卖了、手机号换了，我会马上告诉社区。

这份同意用我的投票钥匙签过名，同选票一起保存，作为证据。
"""
KNOWN = {hex_digest(text.encode()): text for text in (TEXT,)}
"""Every text that owners may have signed, by its SHA-256."""
TEXT_SHA256 = hex_digest(TEXT.encode())
"""Of the one that is signed now."""
