"""Ears: blocks in, words out."""
