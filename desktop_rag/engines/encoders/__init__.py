"""Embedders and rerankers, through sentence-transformers."""
