"""What casework refuses, in Chinese, with what to do."""


class CaseworkError(Exception):
    """Anything that casework refuses; the message is Chinese and says what to do."""


class NotPermitted(CaseworkError):
    """The person has no right to that."""
