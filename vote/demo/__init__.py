"""A whole election of made-up owners, every role a process of its own."""
