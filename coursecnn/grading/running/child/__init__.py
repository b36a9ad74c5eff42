"""What runs beside the student's code: it executes cells, calls functions, and returns bytes.

Nothing here knows a task, a reference or an expected value, and nothing here imports the rest of
`coursecnn.grading`: the folder alone is handed to the child process. The parent uses `wire` and
`values` too, so that both ends speak the same language.
"""
