"""Checkpoints that compute on this machine, in a worker process of their own."""
