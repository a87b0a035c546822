"""Dialogs know no database: values in by the constructor, `open()`, `value()` out after `accepted`.

Each starts with a verb, repeats the number and the money in its button, and is left by Escape. Where what it
decides cannot be undone, Enter never takes it: `VerbDialog(careful=True)`.
"""
