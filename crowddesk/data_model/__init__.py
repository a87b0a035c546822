"""The nouns of INTERFACE.md over rows: for one thing at a time and for vendors' code; lists use queries."""
