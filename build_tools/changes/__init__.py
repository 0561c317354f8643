"""What a change to the trees means for readers."""
