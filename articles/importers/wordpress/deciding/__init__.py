"""What becomes of a record, as functions of records alone: no file, no database, no clock."""
