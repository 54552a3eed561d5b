"""What can go wrong with bytes: they say nothing, they say something untrue, or there are too few of them."""


class CryptoError(Exception):
    """Any refusal of this package; its text is one plain sentence and holds nothing secret."""


class MalformedError(CryptoError, ValueError):
    """The bytes encode nothing: wrong syntax, another spelling than the canonical one, a value out of range."""


class VerificationError(CryptoError):
    """The bytes are well formed, and what they claim is not true."""


class ThresholdError(CryptoError):
    """Too few good shares to go on."""
