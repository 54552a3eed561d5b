"""The owner's way from the letter to the receipt."""
