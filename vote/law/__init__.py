"""What the law asks of a vote: rule profiles as data, majorities, and the words for what was decided."""
