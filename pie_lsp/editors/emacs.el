(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((c++-mode c++-ts-mode) . ("pie-lsp" "serve"))))
