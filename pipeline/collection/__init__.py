"""What an output folder remembers of its sources, so that it can grow: see update.py and index.py."""
