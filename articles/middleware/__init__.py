"""What every answer carries and every request is relieved of, a module for each."""
