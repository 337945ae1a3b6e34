"""The network: the Hugging Face hub, Tesseract's language data, downloads that resume."""
