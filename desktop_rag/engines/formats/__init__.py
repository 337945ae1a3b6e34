"""Documents that are not PDFs: each format read with its library, and set as a PDF.

    conversion    finds the reader of a format, and runs it once its guard lets it
    guards        what is looked at before a library opens a file
    zip_guard     what a ZIP file unpacks to, and whether it is locked

    word          DOCX, with python-docx                     ┐
    slides        PPTX, with python-pptx: one slide, one page│
    sheets        XLSX, with openpyxl: each sheet a table    │
    open_document ODT, ODS and ODP, with lxml                │
    rich_text     RTF                                        │
    web_page      HTML, with lxml                            │
    web_archive   web pages saved in one file, as e-mails are│
    mail          EML, with the standard library             │
    markdown      Markdown, with markdown-it, as HTML        │ readers: `convert`, and `DAMAGE`,
    plain_text    text as it is                              │ which is what their library raises
    structured_text reStructuredText and Org                 │ for damaged files
    tex           TeX                                        │
    delimited     CSV and the like                           │
    json_data     JSON: records as tables                    │
    xml_text      XML: documents as text, data as it stands  │
    source_code   programs, settings, logs                   │
    subtitles     SubRip and WebVTT                          │
    notebook      notebooks of Jupyter                       │
    book          EPUB, as web pages                         │
    fiction_book  FictionBook, with lxml                     │
    picture       pictures, with MuPDF                       ┘

    word_runs, word_tables, word_notes, word_numbering, word_styles, word_symbols, word_xml
                  paragraphs, tables, notes and the like of Word documents
    sheet_rows, sheet_notes, number_formats, calendar_names
                  cells of workbooks as they are shown, and what is written beside them
    slide_notes   comments on slides
    charts        what charts and diagrams say, of PowerPoint and of Word
    odf_package, odf_styles, odf_repeats what is in a file of OpenDocument, how it looks, how often
    open_text, open_sheet, open_slides   its three kinds
    rtf_tokens, rtf_text                 RTF → its parts → paragraphs and tables
    message_parts                        an e-mail taken apart
    attachments                          the files that e-mails and PDFs bring along

    source_properties    author, date and the like of files that are no PDFs

    encoding      bytes → text, whatever encoding it is in
    images        Pillow measures pictures, and keeps those that are good for a document
    numerals      how lists and notes are counted
    text_blocks   text as it stands → HTML
    tables        rows → HTML, below their head on every page; table_heads finds it
    html_blocks   the few kinds of HTML that readers make
    source_text   HTML → lines of the source, and the HTML that shows them
    pdf_writer    HTML → pages of a PDF, with MuPDF's stories
    placement     where on these pages the words of the source stand
    page_texts    keeps both beside the PDF, and gives pages of them
    fixed_layout  pages that MuPDF knows → pages of a PDF

`conversion.converted` is where reading starts. What formats there are is said in
`domain.formats`; a reader is one more module here with what `conversion.Reader` asks for.
"""
