"""Addresses: how they are written, and where old ones lead."""
