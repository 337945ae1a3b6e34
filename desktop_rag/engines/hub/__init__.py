"""The network: the Hugging Face hub, Tesseract's language data, downloads that resume.

http                 one client, its patience, what its failures mean
bounds               where a server may lead, and how much it may say
watchdog             cuts what comes too slowly
search               what models there are
gguf_header          the header of a model that was not got yet
resumable_download   one file, checked, goes on where it stopped
tessdata             data that text is recognized with
"""
