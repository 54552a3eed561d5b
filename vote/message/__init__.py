"""Messages to owners' phones, and the carriers that take them."""
