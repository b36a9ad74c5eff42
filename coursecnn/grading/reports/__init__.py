"""What a grading run writes: tables, pages, and the list of answers that wait for a person."""
