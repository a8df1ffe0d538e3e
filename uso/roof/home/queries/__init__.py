"""What the start pages gather from every app."""
