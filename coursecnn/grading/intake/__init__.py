"""What was handed in: files, folders and zip files of platforms, and the sheet of each."""
