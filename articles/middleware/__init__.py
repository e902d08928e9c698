"""What is done with every request and every answer, such as headers and compression; a module for each."""
