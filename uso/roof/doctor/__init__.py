"""What `manage.py doctor` looks at: one function a thing, each giving plain findings."""
