"""PDFs, through PyMuPDF: text with its places, recognition, pictures of pages."""
