"""Papers as files: Markdown, Word documents with python-docx, PDFs with MuPDF's stories.

writing         a paper → a file, which takes the place of another only once it is whole
markdown        as Markdown, with footnotes as GitHub and Pandoc have them
word            as DOCX
word_footnotes  the part of a DOCX that holds its footnotes, which python-docx lacks
word_lists      its bullets and numbers
portable        as PDF: blocks set one after the other, notes at the foot of their page
portable_html   blocks as the HTML that MuPDF sets
portable_links  where marks, notes and addresses stand, and what leads where
columns         how wide those of tables are
directions      which way text goes, and what stands between two marks
"""
