"""The window: widgets that show rows and ask for decisions; no SQL, no vendor call, no thread of its own."""
