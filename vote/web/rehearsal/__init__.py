"""Where visitors of the demonstration find letters, phones and keys; outside a demonstration there is no such page."""
