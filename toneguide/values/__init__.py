"""The company's values: matching and scores."""
