"""Recipe of the small Vosk model `models/synthetic-en`: from nothing but synthetic voices to a model folder.

Run it with `python -m models.recipe`; see `models/README.md`.
"""
