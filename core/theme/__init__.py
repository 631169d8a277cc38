"""How a site looks: colours, typefaces and a motif, chosen in its identity, made into one style sheet."""
