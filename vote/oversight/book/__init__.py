"""The books of an estate: what came in, what was spent, by which voucher and which decision."""
