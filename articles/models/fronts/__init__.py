"""What editors put on fronts."""
