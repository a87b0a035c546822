"""The pages, made as `Page(session, window)` when first shown: each is its columns, query and actions."""
