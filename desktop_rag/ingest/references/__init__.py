"""What a document says of itself, as a bibliographic record: pure, from what was read of it.

    finding        the properties, the first pages and the file's name weighed against each other
    ├─ filings       reports to the securities and exchange commission
    ├─ laws          laws, decrees, resolutions and acts
    ├─ headings      the title on the first page
    ├─ bylines       the authors on the first page
    ├─ given_names   frequent given names
    ├─ labels        "Autor: …", "Date: …"
    ├─ issues        dates in words, and when a document was issued
    ├─ identifiers   DOI, ISBN, ISSN, arXiv: with their check digits
    ├─ properties    what of a file's properties is worth anything
    └─ front_matter  the lines of the first pages, as the others want them

`finding.said_of` is where reading starts.
"""
