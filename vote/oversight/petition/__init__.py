"""Petitions: what enough owners may demand of their committee, by the shares that the law gives."""
