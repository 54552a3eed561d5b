"""What happens without a person: closing on time, preparing the tally."""
