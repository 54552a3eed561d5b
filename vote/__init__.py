"""People, law and time: owners' assemblies from the roll to the certified result."""
