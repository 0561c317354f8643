"""What a change means: of the trees, for readers; of the law, for the trees; and whether anything would notice a
slip.
"""
