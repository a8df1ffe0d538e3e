"""What a season is to those who may join: its invitation as a page and as a PDF, their interest."""
