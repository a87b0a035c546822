"""Measures the program against its budgets; nothing here is installed with it."""
