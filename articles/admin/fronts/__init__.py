"""The boards of fronts: which story stands where, at the desk."""
