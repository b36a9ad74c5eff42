"""What was handed in: files, folders and zip files of platforms, and the sheet that each answers."""
