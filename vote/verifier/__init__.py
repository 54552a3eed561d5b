"""Re-checks a published archive or bundle from its files alone."""
