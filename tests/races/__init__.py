"""Invariants under real concurrency: threads at a barrier, each with its own connection to PostgreSQL."""
