"""What a GGUF file says of the model in it, without loading it."""
