"""The one refusal of the engine: something about this machine or its settings, said in plain words."""


class EngineTrouble(Exception):
    """Starting is not possible; the text tells the operator what is wrong and what to do."""
