"""What directors and municipalities look at: read models over months, each number traceable."""
