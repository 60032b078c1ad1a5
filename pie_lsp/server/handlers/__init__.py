"""One thin module per request or notification; each handler converts, asks, and converts back."""
