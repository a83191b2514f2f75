"""The commands, one module each; cli.py names them."""
