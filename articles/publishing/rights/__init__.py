"""Who may do what. docs/operating/roles.md has it as a table for people."""
