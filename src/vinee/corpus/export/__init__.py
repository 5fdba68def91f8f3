"""The Hugging Face dataset: features, rows, card, and the folder that holds them."""
