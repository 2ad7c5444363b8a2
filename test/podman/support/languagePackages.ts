import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './programs';

/** `greeter` for Python and for Node, each with a megabyte that does not compress, so that a kept download weighs something. */
const packages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'greeter-1.0.tar.gz': {
		'greeter-1.0/setup.py': "from setuptools import setup\nsetup(name='greeter', version='1.0', packages=['greeter'], package_data={'greeter': ['songs']})\n",
		'greeter-1.0/greeter/__init__.py': "words = 'good morning'\n",
		'greeter-1.0/greeter/songs': '',
		'greeter-1.0/PKG-INFO': 'Metadata-Version: 2.1\nName: greeter\nVersion: 1.0\n',
	},
	'greeter-1.0.0.tgz': {
		'package/package.json': '{ "name": "greeter", "version": "1.0.0", "main": "index.js" }\n',
		'package/index.js': "module.exports = 'good morning';\n",
		'package/songs': '',
	},
};

/** Packs the packages into a new folder; returns their paths by the names under which they are served. */
export async function packLanguagePackages(folder: string): Promise<Readonly<Record<string, string>>> {
	const packed: Record<string, string> = {};
	for (const [name, files] of Object.entries(packages)) {
		const content = join(folder, `${name}.files`);
		for (const [path, text] of Object.entries(files)) {
			mkdirSync(dirname(join(content, path)), { recursive: true });
			writeFileSync(join(content, path), text === '' ? randomBytes(1_200_000) : text);
		}
		packed[name] = join(folder, name);
		await run('tar', ['-C', content, '-czf', join(folder, name), ...readdirSync(content)]);
	}
	return packed;
}
