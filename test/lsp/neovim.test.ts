import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, program } from '../support/commandLine';

/** A language client that nobody here wrote; it takes pushed diagnostics. Prints what it got as one line of JSON. */
const script = `
local file, server = vim.env.WHITTLE_FILE, vim.env.WHITTLE_SERVER
local ok, problem = pcall(function()
	vim.cmd('edit ' .. vim.fn.fnameescape(file))
	vim.bo.filetype = 'dockerfile'
	local client = vim.lsp.start_client({ name = 'whittle', cmd = { vim.env.WHITTLE_NODE, server, 'lsp', '--stdio' }, root_dir = vim.fn.fnamemodify(file, ':h') })
	vim.lsp.buf_attach_client(0, client)
	local found = vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 20)
	local diagnostics = {}
	for _, one in ipairs(vim.diagnostic.get(0)) do
		table.insert(diagnostics, { code = one.code or one.user_data.lsp.code, source = one.source, lnum = one.lnum, col = one.col })
	end
	local params = vim.lsp.util.make_given_range_params({ 2, 4 }, { 2, 10 })
	params.context = { diagnostics = {} }
	local titles, answers = {}, vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 30000)
	local fix
	for _, answer in pairs(answers or {}) do
		for _, action in ipairs(answer.result or {}) do
			table.insert(titles, action.title)
			if action.isPreferred and action.edit then fix = action.edit end
		end
	end
	if fix then vim.lsp.util.apply_workspace_edit(fix, vim.lsp.get_client_by_id(client).offset_encoding) end
	print(vim.fn.json_encode({ found = found, diagnostics = diagnostics, titles = titles, lines = vim.api.nvim_buf_get_lines(0, 0, -1, false) }))
	vim.lsp.stop_client(client)
end)
if not ok then print(vim.fn.json_encode({ problem = tostring(problem) })) end
vim.cmd('qall!')
`;

const installed = spawnSync('nvim', ['--version']).status === 0;
if (!installed && !process.env['CI']) console.log('skipped: a real second editor, because nvim is not installed');

describe.skipIf(!installed && !process.env['CI'])('Neovim', () => {
	it('gets diagnostics and a repair from `whittle lsp --stdio`', () => {
		const folder = folderWith({ Containerfile: 'FROM fedora:33\nRUN dnf -y install nginx\n', 'try.lua': script });
		const { stdout, stderr, error } = spawnSync('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${join(folder, 'try.lua')}`], {
			encoding: 'utf8',
			env: {
				...process.env,
				WHITTLE_FILE: join(folder, 'Containerfile'),
				WHITTLE_SERVER: resolve(program),
				WHITTLE_NODE: process.execPath,
				XDG_STATE_HOME: folder,
				XDG_CACHE_HOME: folder,
			},
		});
		if (error) throw error;
		const line = `${stdout}${stderr}`.split(/\r?\n/).find((one) => one.startsWith('{'));
		if (line === undefined) throw new Error(`nvim printed: ${stdout}${stderr}`);
		const answer = JSON.parse(line);
		expect(answer.problem).toBeUndefined();
		expect(answer.diagnostics).toContainEqual({ code: 'package-cache-kept', source: 'whittle', lnum: 1, col: 4 });
		expect(answer.titles).toContain('Append dnf clean all');
		expect(answer.lines).toEqual(['FROM fedora:33', 'RUN dnf -y install nginx && dnf clean all']);
	});
});
