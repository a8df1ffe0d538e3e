"""What changes the programme and the registrations."""
