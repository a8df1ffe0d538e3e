"""The paper on which a municipality's board decides to join a season.

`paper` writes it in one language, `word` and `plain` draw
it; `form` asks for the little that only the municipality knows, `link` opens it without an account.
"""
