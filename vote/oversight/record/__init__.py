"""Records that a committee publishes: decisions, minutes, contracts and the like, with fields and attachments."""
