"""What an edition holds: made from figures, read by page, PDF and annex. Pure."""
