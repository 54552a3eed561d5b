"""How fast and how large: one election of made-up owners, measured on this machine."""
