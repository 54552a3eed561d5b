"""Who may do what: role keys of staff, registrar and trustees, kept as digests."""
