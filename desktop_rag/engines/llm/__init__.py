"""Language models, through llama.cpp."""
