"""A corpus in files: read as columns of documents, deduplicated, written again."""
