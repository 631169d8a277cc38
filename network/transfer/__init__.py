"""Everything that is a pôle's, in one file that can be handed over, and back into an install."""
