-- pie-lsp in Neovim 0.7 or later: the figures as virtual text, and commands for what code actions do.
-- Load it with dofile() in init.lua; `pie-lsp editor neovim` prints the line. It starts no server.

local namespace = vim.api.nvim_create_namespace('pie-lsp')
local quiet = {}

local function say(text) vim.notify('pie-lsp: ' .. text, vim.log.levels.INFO) end

local function warn(text) vim.notify('pie-lsp: ' .. text, vim.log.levels.WARN) end

local function client_of(buffer)
  local list = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in ipairs(list()) do
    if client.name == 'pie-lsp' and vim.lsp.buf_is_attached(buffer, client.id) then return client end
  end
  warn('the server is not attached to this file')
end

-- Neovim 0.11 made the functions of a client methods.
local function request(client, method, params, buffer, on_result)
  local function handler(problem, result)
    if problem then return warn(problem.message or tostring(problem)) end
    on_result(result)
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, handler, buffer)
  else
    client.request(method, params, handler, buffer)
  end
end

local function execute(client, command, buffer)
  local params = { command = command.command, arguments = command.arguments }
  request(client, 'workspace/executeCommand', params, buffer, function(result)
    -- From 0.9 on Neovim opens the diff itself, when the server asks for that.
    if command.command == 'pie.preview' and type(result) == 'string' and vim.fn.has('nvim-0.9') == 0 then
      vim.cmd('split ' .. vim.fn.fnameescape(result))
    end
  end)
end

local function apply(client, action, buffer)
  if action.edit then return vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding) end
  request(client, 'codeAction/resolve', action, buffer, function(resolved)
    if not resolved.edit then return warn('the suggestion no longer holds') end
    vim.lsp.util.apply_workspace_edit(resolved.edit, client.offset_encoding)
  end)
end

-- Takes the first code action at the cursor for which `wanted` is true.
local function act(wanted, otherwise)
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if not client then return end
  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  params.context = { diagnostics = {} }
  request(client, 'textDocument/codeAction', params, buffer, function(actions)
    for _, action in ipairs(actions or {}) do
      if wanted(action) then
        if action.command then return execute(client, action.command, buffer) end
        return apply(client, action, buffer)
      end
    end
    say(otherwise)
  end)
end

local function running(...)
  local names = { ... }
  return function(action) return action.command and vim.tbl_contains(names, action.command.command) end
end

local function is_edit(action) return not action.command and action.kind == 'refactor.rewrite.pie' end

local function run_on_file(name, base)
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  local argument = { uri = vim.uri_from_bufnr(buffer), base = base }
  if client then execute(client, { command = name, arguments = { argument } }, buffer) end
end

local function hints(buffer)
  local found = vim.tbl_filter(function(each) return each.source == 'pie' end, vim.diagnostic.get(buffer))
  table.sort(found, function(one, other) return one.lnum < other.lnum end)
  return found
end

-- To the next function with a suggestion, or the one before; around the ends of the file.
local function jump(forward)
  local found, line = hints(0), vim.api.nvim_win_get_cursor(0)[1] - 1
  if #found == 0 then return say('there is no suggestion in this file') end
  local target = forward and found[1] or found[#found]
  for index = 1, #found do
    local each = found[forward and index or #found + 1 - index]
    if (forward and each.lnum > line) or (not forward and each.lnum < line) then
      target = each
      break
    end
  end
  vim.api.nvim_win_set_cursor(0, { target.lnum + 1, target.col })
end

-- The speedup at the end of the line, in the place of the whole sentence, which hovering shows.
local function show(buffer)
  vim.api.nvim_buf_clear_namespace(buffer, namespace, 0, -1)
  for _, hint in ipairs(hints(buffer)) do
    if hint.namespace and not quiet[hint.namespace] then
      quiet[hint.namespace] = true
      vim.diagnostic.config({ virtual_text = false }, hint.namespace)
    end
    local figure = hint.message:match('%d[%d.]*x faster') or hint.message:match('^[^,\n]*')
    local text = { { '  ' .. figure, 'DiagnosticHint' } }
    pcall(vim.api.nvim_buf_set_extmark, buffer, namespace, hint.lnum, 0, { virt_text = text })
  end
end

vim.api.nvim_create_autocmd('DiagnosticChanged', {
  group = vim.api.nvim_create_augroup('pie-lsp', {}),
  callback = function(event) show(event.buf) end,
})

local commands = {
  PieOptimize = function() act(running('pie.optimize', 'pie.verifyAgain'), 'there is nothing to optimize here') end,
  PieOptimizeFile = function() run_on_file('pie.optimizeFile') end,
  PieOptimizeChanged = function(given) run_on_file('pie.optimizeChanged', given.args ~= '' and given.args or nil) end,
  PieProfile = function() run_on_file('pie.profile') end,
  PieCancel = function() act(running('pie.cancel'), 'no job runs for this function') end,
  PieApply = function() act(is_edit, 'there is no suggestion for this function') end,
  PiePreview = function() act(running('pie.preview'), 'there is no suggestion for this function') end,
  PieDiscard = function() act(running('pie.discard'), 'there is no suggestion for this function') end,
  PieNext = function() jump(true) end,
  PiePrevious = function() jump(false) end,
}
for name, run in pairs(commands) do
  vim.api.nvim_create_user_command(name, run, { nargs = name == 'PieOptimizeChanged' and '?' or 0 })
end
