from hashlib import sha256


def digest(secret: str) -> str:
    """What the database keeps of a secret: enough to know it again, nothing to use it by."""
    return sha256(secret.encode()).hexdigest()
