from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2Hasher(Argon2PasswordHasher):
    """Argon2id at the OWASP profile (19 MiB, two passes, one lane): about 70 ms instead of 580."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
