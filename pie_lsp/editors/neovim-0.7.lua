local pie
vim.api.nvim_create_autocmd('FileType', {
  pattern = 'cpp',
  callback = function(event)
    if not (pie and vim.lsp.get_client_by_id(pie)) then
      pie = vim.lsp.start_client({ name = 'pie-lsp', cmd = { 'pie-lsp', 'serve' }, root_dir = vim.fn.getcwd() })
    end
    vim.lsp.buf_attach_client(event.buf, pie)
  end,
})
