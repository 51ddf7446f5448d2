"""`python -m unsplice` is `unsplice`."""

from .cli import main

if __name__ == "__main__":
    main()
