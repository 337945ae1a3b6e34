"""Documents that are not PDFs: each format read with its library, and set as a PDF.

    conversion    finds the reader of a format, and runs it once its guard lets it
    guards        what is looked at before a library opens a file
    zip_guard     what a ZIP file unpacks to, and whether it is locked

    word          DOCX, with python-docx                     ┐
    slides        PPTX, with python-pptx: one slide, one page│
    sheets        XLSX, with openpyxl: each sheet a table    │ readers: `convert`, and `DAMAGE`,
    web_page      HTML, with lxml                            │ which is what their library raises
    markdown      Markdown, with markdown-it, as HTML        │ for damaged files
    plain_text    text as it is                              │
    book          EPUB, with MuPDF                           │
    picture       pictures, with MuPDF                       ┘

    word_runs, word_tables, word_notes, word_numbering, word_styles, word_symbols, word_xml
                  paragraphs, tables, notes and the like of Word documents
    sheet_rows, sheet_notes, number_formats, calendar_names
                  cells of workbooks as they are shown, and what is written beside them

    encoding      bytes → text, whatever encoding it is in
    images        Pillow measures pictures, and keeps those that are good for a document
    html_blocks   the few kinds of HTML that readers make
    source_text   HTML → lines of the source, and the HTML that shows them
    pdf_writer    HTML → pages of a PDF, with MuPDF's stories
    placement     where on these pages the words of the source stand
    page_texts    keeps both beside the PDF, and gives pages of them
    fixed_layout  pages that MuPDF knows → pages of a PDF

`conversion.converted` is where reading starts. What formats there are is said in
`domain.formats`; a reader is one more module here with what `conversion.Reader` asks for.
"""
