"""The backend `gem5`: the simulator itself, through the separate program gem5-runner, in the sandbox."""
