"""What a note's body says of itself: inline fields, tasks, days, and the note's date."""
