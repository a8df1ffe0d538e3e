"""Writes of the analysis: peers, building, experts' texts, approval, publishing, documents."""
