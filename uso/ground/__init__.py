"""What every app stands on: helpers, tenancy, long work, mail. It imports none of them."""
