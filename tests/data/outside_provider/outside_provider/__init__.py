"""A vendor from outside: colleagues who are paid from a purse, kept in a file of its own."""

from outside_provider.provider import OutsideProvider

__all__ = ["OutsideProvider"]
