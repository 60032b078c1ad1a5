"""Language models that write text: endpoints over HTTP, and checkpoints in a worker process of ours."""
