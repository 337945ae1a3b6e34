"""The models dialog: what is installed, offered, searched for, downloaded."""
