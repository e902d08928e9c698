"""Which story stands where on a front. Data in, data out: no database, no request."""
