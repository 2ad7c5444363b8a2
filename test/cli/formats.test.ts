import { describe, expect, it } from 'vitest';
import { clean, folderWith, sentences, wasteful, whittle } from '../support/commandLine';

interface Place {
	readonly span: { readonly start: number; readonly end: number };
	readonly range: { readonly start: Position; readonly end: Position };
}
interface Position {
	readonly line: number;
	readonly character: number;
}
interface JsonFile {
	readonly file: string;
	readonly problems: readonly (Place & { readonly message: string })[];
	readonly findings: readonly (Place & {
		readonly rewrites?: readonly string[];
		readonly rule: string;
		readonly severity: string;
		readonly message: string;
		readonly saves?: object;
		readonly fixes: readonly object[];
	})[];
}

describe('text', () => {
	it('shows the line with its place marked, the repair, and a summary with the saving as a range', () => {
		const cwd = folderWith({ Containerfile: wasteful, Dockerfile: clean });
		const { stdout } = whittle(['lint'], { cwd });
		expect(stdout).toMatch(/^Containerfile:2:\d+ warning .+ \[package-cache-kept\]\n 2 \| RUN dnf -y install nginx\n {3}\| +\^+\n/m);
		expect(stdout).toMatch(/^ {3}= .+ \(whittle fix\)$/m);
		expect(stdout).toMatch(/^ {3}= saves .+ [kM]B/m);
		expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ findings in 1 of 2 files \(.*1 warning.*\), .+ [kMG]B to save\. `whittle fix` repairs \d+/);
		expect(stdout).not.toContain('\u001b');
	});

	it('names the rewrite that cures a finding, and so does JSON', () => {
		const cwd = folderWith({ Containerfile: `${wasteful}CMD ["nginx", "-g", "daemon off;"]\n` });
		expect(whittle(['lint'], { cwd }).stdout).toMatch(/\[package-manager-shipped\]\n.*\n.*\n {3}= .+ \(whittle rewrite installroot-to-scratch\)\n/);
		const [file]: readonly JsonFile[] = JSON.parse(whittle(['lint', '--format', 'json'], { cwd }).stdout);
		expect(file?.findings.flatMap(({ rule, rewrites }) => (rewrites ? [[rule, ...rewrites]] : []))).toEqual([['package-manager-shipped', 'installroot-to-scratch']]);
	});

	it('tells a line once that a lost backslash made an instruction', () => {
		const cwd = folderWith({ Containerfile: 'FROM fedora:41\nRUN dnf -y install \\\n  glibc\n  nginx\n', Dockerfile: 'FROM scratch\nBANANA split\n' });
		const { stdout } = whittle(['lint'], { cwd });
		expect(stdout).toContain('broken-continuation');
		expect(stdout).not.toContain('NGINX is not an instruction');
		expect(stdout).toContain('BANANA is not an instruction');
		const files: readonly JsonFile[] = JSON.parse(whittle(['lint', '--format', 'json'], { cwd }).stdout);
		expect(files.map(({ problems }) => problems.map(({ message }) => message))).toEqual([['NGINX is not an instruction'], ['BANANA is not an instruction']]);
	});

	it('says that there is nothing', () => {
		const cwd = folderWith({ Containerfile: clean });
		expect(whittle(['lint'], { cwd }).stdout).toBe('No findings in 1 file.\n');
	});

	it('lets no character of a file steer the terminal', () => {
		const cwd = folderWith({ Containerfile: 'FROM scratch\nBANANA \u001b[31mred \u202e\u0007\n' });
		const { stdout } = whittle(['lint'], { cwd });
		expect(stdout).toContain('BANANA ␛[31mred �␇');
		for (const character of ['\u001b', '\u0007', '\u202e']) expect(stdout).not.toContain(character);
	});

	it('counts a column from the first character after a byte order mark', () => {
		const cwd = folderWith({ Containerfile: '\uFEFFBANANA split\nFROM scratch\n' });
		expect(whittle(['lint'], { cwd }).stdout).toMatch(/^Containerfile:1:1 error/);
	});
});

describe('json', () => {
	it('has an element per file, clean ones too, with places that agree', () => {
		const texts: Record<string, string> = { 'a.containerfile': wasteful, 'b.containerfile': clean, 'c.containerfile': 'FROM scratch\r\nBANANA split\r\n' };
		const cwd = folderWith(texts);
		const { stdout } = whittle(['lint', '--format', 'json'], { cwd });
		const files = JSON.parse(stdout) as readonly JsonFile[];
		expect(files.map(({ file }) => file)).toEqual(Object.keys(texts));
		expect(files[1]).toEqual({ file: 'b.containerfile', problems: [], findings: [] });
		expect(files[2]?.problems).toEqual([
			{ message: expect.any(String), span: { start: 14, end: expect.any(Number) }, range: { start: { line: 1, character: 0 }, end: { line: 1, character: expect.any(Number) } } },
		]);
		const finding = files[0]?.findings.find(({ rule }) => rule === 'package-cache-kept');
		expect(Object.keys(finding ?? {}).filter((key) => key !== 'saves')).toEqual(['rule', 'severity', 'message', 'span', 'range', 'fixes']);
		expect(finding).toMatchObject({ severity: 'warning', fixes: [{ title: expect.any(String), applicability: 'safe' }] });
		for (const { file, findings } of files) {
			for (const { span, range } of findings) expect(span).toEqual({ start: offsetOf(texts[file] ?? '', range.start), end: offsetOf(texts[file] ?? '', range.end) });
		}
	});

	it('gives a saving as numbers with their basis', () => {
		const cwd = folderWith({ Containerfile: wasteful });
		const [file] = JSON.parse(whittle(['lint', '--format', 'json'], { cwd }).stdout) as readonly JsonFile[];
		expect(file?.findings.find(({ rule }) => rule === 'package-cache-kept')?.saves).toEqual({
			atLeast: expect.any(Number),
			atMost: expect.any(Number),
			basis: expect.stringMatching(/^(measured|catalog|guess)$/),
		});
	});

	it('is an empty array where nothing could be looked at', () => {
		const cwd = folderWith({});
		const { status, stdout, stderr } = whittle(['lint', '--format', 'json', 'missing'], { cwd });
		expect([status, JSON.parse(stdout), sentences(stderr).length]).toEqual([2, [], 1]);
	});
});

describe('sarif', () => {
	it('is a log of version 2.1.0 whose results point at its rules and files', () => {
		const cwd = folderWith({ 'my files/Containerfile': wasteful, Dockerfile: 'FROM scratch\nBANANA split\n' });
		const log = JSON.parse(whittle(['lint', '--format', 'sarif', '.', 'missing'], { cwd }).stdout);
		expect(log.version).toBe('2.1.0');
		const [run] = log.runs;
		expect(run.tool.driver.name).toBe('Whittle');
		expect(run.columnKind).toBe('utf16CodeUnits');
		expect(run.invocations).toEqual([{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', message: { text: 'missing does not exist' } }] }]);
		for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
			expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
			expect(['error', 'warning', 'note']).toContain(level);
			expect(message.text).not.toBe('');
			const { artifactLocation, region } = locations[0].physicalLocation;
			expect(run.artifacts[artifactLocation.index].location.uri).toBe(artifactLocation.uri);
			expect(region.startLine).toBeGreaterThanOrEqual(1);
			expect(region.startLine).toBeLessThanOrEqual(2);
			expect(region.startColumn).toBeGreaterThanOrEqual(1);
		}
		const uris = run.results.map(
			(result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) => result.locations[0]?.physicalLocation.artifactLocation.uri,
		);
		expect(new Set(uris)).toEqual(new Set(['Dockerfile', 'my%20files/Containerfile']));
		const kept = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'package-cache-kept');
		expect(kept.level).toBe('warning');
		expect(kept.fixes[0].artifactChanges[0].replacements[0].insertedContent.text).not.toBe('');
	});
});

describe('github', () => {
	it('writes a workflow command per finding, with the characters escaped that would end it', () => {
		const cwd = folderWith({ 'a,b.containerfile': wasteful, Dockerfile: 'FROM scratch\nBANANA split\n' });
		const { stdout } = whittle(['lint', '--format', 'github'], { cwd });
		const lines = stdout.trimEnd().split('\n');
		for (const line of lines)
			expect(line).toMatch(/^::(error|warning|notice) file=(a%2Cb\.containerfile|Dockerfile),line=(\d),endLine=\3,col=\d+,endColumn=\d+,title=Whittle%3A [a-z -]+::.+/);
		expect(lines.filter((line) => line.startsWith('::warning'))).toEqual([expect.stringContaining('package-cache-kept::')]);
		expect(lines.filter((line) => line.startsWith('::error'))).toEqual([expect.stringContaining('file=Dockerfile')]);
	});

	it('names files from the checkout, whatever the current folder is', () => {
		const cwd = folderWith({ 'app/Containerfile': wasteful });
		const names = (folder: string, paths: readonly string[], env: Readonly<Record<string, string>>) =>
			new Set([...whittle(['lint', '--format', 'github', ...paths], { cwd: folder, env }).stdout.matchAll(/ file=([^,]+),/g)].map(([, name]) => name));
		expect(names(`${cwd}/app`, [], { GITHUB_WORKSPACE: cwd })).toEqual(new Set(['app/Containerfile']));
		expect(names(cwd, [`${cwd}/app`], { GITHUB_WORKSPACE: cwd })).toEqual(new Set(['app/Containerfile']));
		expect(names(`${cwd}/app`, [], { GITHUB_WORKSPACE: '' })).toEqual(new Set(['Containerfile']));
		expect(names(cwd, [], { GITHUB_WORKSPACE: `${cwd}/elsewhere` })).toEqual(new Set(['app/Containerfile']));
	});
});

function offsetOf(text: string, { line, character }: Position): number {
	return text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
}
