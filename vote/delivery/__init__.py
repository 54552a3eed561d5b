"""Letters reach their owners, and who has not voted yet is reminded."""
