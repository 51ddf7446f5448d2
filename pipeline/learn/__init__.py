"""Fits the models that ship: damaged pages are made from clean articles, and each decision learns from them."""
