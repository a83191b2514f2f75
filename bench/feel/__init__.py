"""How a call feels: pauses, cut-offs, interruptions, noise; measured on files and over virtual sound devices."""
