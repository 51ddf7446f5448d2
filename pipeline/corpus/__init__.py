"""Deduplicate a corpus in files: read as columns of documents, and written again without duplicates."""
