"""Documents that are not PDFs: each format read with its library, and set as a PDF."""
