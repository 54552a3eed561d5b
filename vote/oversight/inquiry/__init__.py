"""Inquiries: what owners ask their committee, by when it answers, and what it answered."""
