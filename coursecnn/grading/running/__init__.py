"""Run a notebook in a child process; what runs in there is in `child`."""
