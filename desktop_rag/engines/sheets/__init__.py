"""Tables to take away, as files that spreadsheets open.

writing            into a file that is whole or not there
excel_workbook     XLSX, with openpyxl
separated_values   CSV
"""
