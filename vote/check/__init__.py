"""Two questions about an election's numbers: what they give away, and whether what is contested could turn them."""
