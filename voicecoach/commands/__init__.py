"""The commands, one module each; cli/ names them."""
