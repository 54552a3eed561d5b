"""Where owners live: county, sub-district, community, estate, building, unit."""
