"""HTML to the lines that a reader sees, what each of them is, and what the page says of itself."""
