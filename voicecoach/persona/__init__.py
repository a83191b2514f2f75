"""Who is calling: the file, the anger, the dialogue."""
