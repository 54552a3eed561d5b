"""The ballot box: sealed ballots, promises, re-voting, closing."""
