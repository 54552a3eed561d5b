"""The program of a witness: somebody at home who sees that a public log never takes back what it showed."""
