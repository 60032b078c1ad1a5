"""What runs inside gem5's own Python: the machine and the simulation. Nothing here is imported outside."""
