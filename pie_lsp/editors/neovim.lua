vim.lsp.config('pie-lsp', { cmd = { 'pie-lsp', 'serve' }, filetypes = { 'cpp' }, root_markers = { '.git' } })
vim.lsp.enable('pie-lsp')
