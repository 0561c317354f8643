"""What a change of a tree does to its readers, and whether anything would tell."""
