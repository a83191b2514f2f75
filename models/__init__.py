"""Which speech models there are, and the small ones made here."""
