"""What students run: `check` in a notebook, `whole_notebook` from the command line."""
