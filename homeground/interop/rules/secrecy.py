"""Secrets in addresses are known here by their digest only."""

import hashlib


def digest(secret: str) -> str:
    """What is stored and looked up instead of a secret with at least 128 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
