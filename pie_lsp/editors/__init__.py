"""What other editors need to start the server: snippets for their settings, and a small plug-in for Neovim.

Data files only; the command line prints them (`pie_lsp.cli.editor`), and the README shows the same text.
"""
