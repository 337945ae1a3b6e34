"""What lies in the data folder beside the databases, and how it is known.

page_store       what was read from each document
attached_files   files that came in documents
converted_pdfs   PDFs made of documents of other kinds
made_files       both, noted so that damage is seen
kv_states        what models have read of conversations
passwords        of documents, in the system's keyring
leftovers        what belongs to nobody any more
file_formats     what a file is, whatever it is called
file_names       names that every system takes
ignored          what a .gitignore leaves out
lock             one owner at a time
"""
