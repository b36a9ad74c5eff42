"""What several assignments share; they import it from here, and nothing from one another."""
