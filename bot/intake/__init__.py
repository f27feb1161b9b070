"""What arrives: written down first, acknowledged then, worked on after that."""
