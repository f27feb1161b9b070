"""The memory: database, files on disk, seals. One file of questions per table."""
