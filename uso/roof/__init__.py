"""What stands on every app: start pages, demonstration, benchmarks, doctor, gallery."""
