"""The strategies, one a file, each a constant ``STRATEGIES`` of values of `prompting.contract.Strategy`."""
