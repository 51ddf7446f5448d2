"""The rules of Chinese typesetting, each a pure function of one line: what it is sure of it changes, the rest stays."""
