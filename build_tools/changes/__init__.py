"""What a change touches: of the law, and of the trees."""
