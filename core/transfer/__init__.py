"""What a pôle owns, part by part, on its way from one install to another (`network.transfer` does the whole)."""
