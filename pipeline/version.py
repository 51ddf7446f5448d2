"""The version, in one place: the package's metadata, `unsplice --version` and the manifest take it from here."""

__version__ = "0.1.0"
