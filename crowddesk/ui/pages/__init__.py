"""The pages: each is its columns, its query and its actions. Made as `Page(session, window)` when first shown."""
