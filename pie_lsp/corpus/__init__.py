"""Problems with programs from naive to fast, written for this project: the data, and how it is read.

Knows neither compilers nor measuring: `pie_lsp.research` checks and measures what is here.
"""
