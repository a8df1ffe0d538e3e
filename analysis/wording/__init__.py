"""What the figures say, in Finnish, Swedish and English: pure."""
