"""What changed in the tables, a file a change, from the first version on."""
