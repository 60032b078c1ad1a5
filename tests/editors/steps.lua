-- What a person does in Neovim 0.7 or later, with nothing but its built-in client:
-- open a file, ask for code actions at a function, start, wait, preview, apply, save.
-- Every step that fails raises an error, which ends the editor with status 2 and the text in the log.

local DEADLINE = 240000

local log = assert(io.open(vim.env.PIE_TEST_LOG, 'w'))

local function say(kind, text)
  log:write(kind, '\t', (tostring(text):gsub('\n', '\\n')), '\n')
  log:flush()
end

local function wait(what, condition)
  if not vim.wait(DEADLINE, condition, 50) then error('waited in vain for ' .. what) end
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

local function has(piece) return text():find(piece, 1, true) ~= nil end

-- Neovim 0.7 hands over pairs of a client and an action, later versions tables with `action`.
local function title(item) return (item.action or item[2] or item).title end

-- Opens the menu of code actions and takes the first whose title begins with `prefix`.
local function choose(prefix)
  local chosen
  vim.ui.select = function(items, _, on_choice)
    for index, item in ipairs(items) do
      say('action', title(item))
      if not chosen and vim.startswith(title(item), prefix) then chosen = { item, index } end
    end
    chosen = chosen or { nil, nil, missing = true }
    on_choice(chosen[1], chosen[2])
  end
  vim.lsp.buf.code_action()
  wait('a menu of code actions', function() return chosen end)
  if chosen.missing then error('no code action begins with ' .. prefix) end
end

local function best_title()
  local best
  vim.ui.select = function(items, _, on_choice)
    best = title(items[1])
    on_choice(nil, nil)
  end
  vim.lsp.buf.code_action()
  wait('a menu of code actions', function() return best end)
  return best
end

local messages = {}

local function listen()
  local show = vim.lsp.handlers['window/showMessage']
  vim.lsp.handlers['window/showMessage'] = function(err, result, ...)
    table.insert(messages, result.message)
    say('message', result.message)
    return show(err, result, ...)
  end
  local progress = vim.lsp.handlers['$/progress']
  vim.lsp.handlers['$/progress'] = function(err, result, ...)
    say('progress', result.value.kind .. ' ' .. (result.value.message or result.value.title or ''))
    return progress(err, result, ...)
  end
end

local function found_hint()
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if diagnostic.source == 'pie' then return diagnostic end
  end
end

-- Editors that can show a document open the diff; the others are told where it is.
local function shown_diff()
  for _, message in ipairs(messages) do
    local path = message:match('(/%S+%.diff)')
    if path then return path end
  end
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local name = vim.api.nvim_buf_get_name(buffer)
    if name:match('%.diff$') then return name end
  end
end

local function steps()
  listen()
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.PIE_TEST_FILE))
  vim.cmd('setlocal filetype=cpp hidden')
  local source = vim.api.nvim_get_current_buf()
  local id = assert(vim.lsp.start_client({
    name = 'pie-lsp',
    cmd = vim.json.decode(vim.env.PIE_TEST_COMMAND),
    root_dir = vim.fn.fnamemodify(vim.env.PIE_TEST_FILE, ':h'),
  }))
  vim.lsp.buf_attach_client(0, id)
  wait('the server', function()
    local client = vim.lsp.get_client_by_id(id)
    return client and client.initialized
  end)
  local before = text()
  assert(vim.fn.search(vim.env.PIE_TEST_FUNCTION) > 0, 'the function is not in the file')

  choose("Optimize '")
  wait('the hint at the function', found_hint)
  say('hint', found_hint().message)

  choose('Preview: ')
  wait('the diff', shown_diff)
  say('diff', shown_diff())
  vim.api.nvim_set_current_buf(source)
  assert(text() == before, 'a preview must not change the file')

  vim.fn.search(vim.env.PIE_TEST_FUNCTION, 'w')
  choose(best_title())
  wait('the edit', function() return has(vim.env.PIE_TEST_EXPECTED) end)
  vim.cmd('write')
  wait('the hint to go away', function() return not found_hint() end)

  vim.cmd('silent undo')
  assert(text() == before, 'one undo must take the edit back')
  wait('the hint to come back', found_hint)
  vim.cmd('silent redo')
  vim.cmd('write')
  vim.lsp.stop_client(id)
  wait('the server to end', function() return vim.lsp.client_is_stopped(id) end)
end

local worked, failure = xpcall(steps, debug.traceback)
say(worked and 'done' or 'error', worked and 'all steps' or failure)
log:close()
vim.cmd(worked and 'qa!' or 'cquit 2')
