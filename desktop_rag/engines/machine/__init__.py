"""What this machine has, and what llama.cpp makes of it."""
