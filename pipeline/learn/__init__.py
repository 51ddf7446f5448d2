"""Training: damaged pages are made from clean articles, and each model is fitted on them."""
