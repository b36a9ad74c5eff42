"""From one notebook to its verdicts: `mark` reads it, has it run, and judges its answers."""
