"""公餘: learning records in, checked verdicts and paper for the personnel office out."""

__version__ = "0.1.0"
