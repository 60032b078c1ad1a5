-- What a person does in Neovim 0.7 or later with its built-in client, our snippet and our plug-in:
-- open a file, ask for code actions at a function, start, cancel, wait, look, apply, undo, discard, save.
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

-- The titles of the code actions at the cursor, without choosing one.
local function titles()
  local found
  vim.ui.select = function(items, _, on_choice)
    found = vim.tbl_map(title, items)
    on_choice(nil, nil)
  end
  vim.lsp.buf.code_action()
  wait('a menu of code actions', function() return found end)
  return found
end

-- Asks again and again until the first title begins so, as the server learns of edits a moment later.
local function wait_for_title(prefix)
  wait('a code action that begins with ' .. prefix, function() return vim.startswith(titles()[1], prefix) end)
end

local function find(function_pattern)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search(function_pattern, 'cW') > 0, 'the function is not in the file')
end

local function client()
  for _, each in ipairs((vim.lsp.get_clients or vim.lsp.get_active_clients)()) do
    if each.name == 'pie-lsp' then return each end
  end
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

local function said(piece)
  for _, message in ipairs(messages) do
    if message:find(piece, 1, true) then return true end
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

-- What floating windows show.
local function floating()
  local shown = {}
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      vim.list_extend(shown, vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false))
    end
  end
  return table.concat(shown, '\n')
end

local function virtual_text()
  local namespace = vim.api.nvim_get_namespaces()['pie-lsp']
  local marks = vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })
  return marks[1] and marks[1][4].virt_text[1][1]
end

local function open()
  dofile(vim.env.PIE_TEST_SNIPPET)
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.PIE_TEST_FILE))
  vim.cmd('setlocal filetype=cpp hidden')
  wait('the server', function() return client() and client().initialized end)
end

local function cancel()
  find(vim.env.PIE_TEST_OTHER_FUNCTION)
  choose("Optimize '")
  wait_for_title('Cancel optimizing')
  choose('Cancel optimizing')
  wait_for_title("Optimize '")
  assert(not found_hint(), 'a cancelled job must say nothing')
  find(vim.env.PIE_TEST_FUNCTION)
end

local function look(before)
  local source = vim.api.nvim_get_current_buf()
  vim.lsp.buf.hover()
  wait('the hover', function() return floating():find('+            ' .. vim.env.PIE_TEST_EXPECTED, 1, true) end)
  say('hover', floating())
  wait('the speedup beside the function', virtual_text)
  say('virtual text', virtual_text())
  vim.lsp.codelens.refresh()
  wait('the code lenses', function() return #vim.lsp.codelens.get(0) > 0 end)
  for _, lens in ipairs(vim.lsp.codelens.get(0)) do say('lens', lens.command.title) end
  choose('Preview: ')
  wait('the diff', shown_diff)
  say('diff', shown_diff())
  vim.api.nvim_set_current_buf(source)
  assert(text() == before, 'a preview must not change the file')
  find(vim.env.PIE_TEST_FUNCTION)
end

local function go_stale()
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'int unrelated;' })
  wait('the hint to go away', function() return not found_hint() end)
  wait_for_title('Verify again')
  vim.cmd('silent undo')
  wait('the hint to come back', found_hint)
  find(vim.env.PIE_TEST_FUNCTION)
end

local function apply_and_undo(before)
  choose(titles()[1])
  wait('the edit', function() return has(vim.env.PIE_TEST_EXPECTED) end)
  wait('the hint to go away', function() return not found_hint() end)
  assert(not virtual_text(), 'a speedup that is applied is no more to be had')
  vim.cmd('silent undo')
  assert(text() == before, 'one undo must take the edit back')
  wait('the hint to come back', found_hint)
end

-- The plug-in's commands, once the menu has shown everything.
local function by_commands()
  vim.cmd('PieDiscard')
  wait('the hint to go away', function() return not found_hint() end)
  wait_for_title("Optimize '")
  vim.cmd('PieCancel')
  vim.cmd('PieOptimizeChanged no-such-revision')
  wait('what is wrong with the revision', function() return said('no git work tree') end)
  vim.cmd('PieOptimize')
  wait('the hint at the function', found_hint)
  vim.fn.cursor(1, 1)
  vim.cmd('PieNext')
  assert(vim.fn.line('.') == found_hint().lnum + 1, ':PieNext must go to the function')
  vim.fn.cursor(1, 1)
  vim.cmd('PiePrevious')
  assert(vim.fn.line('.') == found_hint().lnum + 1, ':PiePrevious must go around the start')
  local source = vim.api.nvim_get_current_buf()
  vim.cmd('PiePreview')
  wait('the diff in a window', function() return vim.api.nvim_buf_get_name(0):match('%.diff$') end)
  assert(has('+            ' .. vim.env.PIE_TEST_EXPECTED), ':PiePreview must show the change')
  vim.api.nvim_set_current_buf(source)
  find(vim.env.PIE_TEST_FUNCTION)
  vim.cmd('PieApply')
  wait('the edit', function() return has(vim.env.PIE_TEST_EXPECTED) end)
  vim.cmd('write')
end

-- A setting that cannot be is said when a job starts, which shows that settings arrive.
local function complaint()
  find(vim.env.PIE_TEST_FUNCTION)
  choose("Optimize '")
  wait('a message about a setting', function() return #messages > 0 end)
end

local function steps()
  listen()
  open()
  if vim.env.PIE_TEST_ONLY_START then return end
  if vim.env.PIE_TEST_ONLY_SETTINGS then return complaint() end
  local before = text()
  cancel()
  choose("Optimize '")
  wait('the hint at the function', found_hint)
  say('hint', found_hint().message)
  look(before)
  go_stale()
  apply_and_undo(before)
  by_commands()
  local id = client().id
  vim.lsp.stop_client(id)
  wait('the server to end', function() return vim.lsp.client_is_stopped(id) end)
end

local worked, failure = xpcall(steps, debug.traceback)
say(worked and 'done' or 'error', worked and 'all steps' or failure)
log:close()
vim.cmd(worked and 'qa!' or 'cquit 2')
