// The page of every number that a saving may be made of, read out of the catalogue as it is: whatever has a source and bytes is a row.

/** @typedef {{ readonly what: string, readonly bytes: string, readonly basis: string, readonly source: string }} Row */
/** @typedef {Readonly<Record<string, unknown>>} Facts */
/** @typedef {import('../server/src/model/catalog/weights').Weights<number | readonly [number, number]>} Weights */

const bases = /** @type {Readonly<Record<string, string>>} */ ({ measured: 'measured', catalog: 'known figure', guess: 'estimate' });

/** Headings for the folders and files of the catalogue; one that has none stands below its own name. */
const headings = /** @type {Readonly<Record<string, string>>} */ ({
	packageManagers: 'What package managers leave behind',
	baseImages: 'Base images and their smaller siblings',
	roots: 'Roots of packages',
	comesAlong: 'What comes along into an empty image',
	javaRuntimes: 'Runtimes of Java that jlink makes',
	localeData: 'Languages',
	pythonBytecode: 'Bytecode of Python',
});

/** What people call the variants of an image that its tags tell apart. */
const variants = /** @type {Readonly<Record<string, string>>} */ ({
	full: 'the full variant',
	minimal: 'the slim variant',
	micro: 'the smallest variant',
	sdk: 'the variants to build with',
	runtime: 'the variants to run programs on',
	application: 'the application',
});

/** Keys that say nothing more than the column they stand in. */
const plain = new Set(['figure', 'saves', 'bytes', 'source']);

/** The page; `modules` are the exports of each file of the catalogue, by its path there. */
export function savingsPage(/** @type {ReadonlyMap<string, Facts>} */ modules) {
	/** @type {Map<string, Map<string, Row>>} */
	const sections = new Map();
	/** @type {Weights[]} */
	const weights = [];
	for (const [path, exported] of modules) {
		const place = path.split('/')[0] ?? path;
		const rows = sections.get(place) ?? new Map();
		for (const [key, value] of Object.entries(exported)) {
			if (isWeights(value)) weights.push(value);
			else for (const row of rowsOf(value, isFacts(value) && nameOf(value) === undefined ? [words(key)] : [])) rows.set(`${row.what}\n${row.bytes}\n${row.source}`, row);
		}
		if (rows.size > 0) sections.set(place, rows);
	}
	return [
		'# Where the numbers come from',
		'Every saving that Whittle names rests on numbers that somebody measured or published, and what the catalogue knows of them is here: generated from it, with its sources. A *known figure* was measured or published by who is named beside it, an *estimate* says what it was made from. Where nothing is known, Whittle names no number. Bytes are those of the unpacked image.',
		...[...sections].map(([place, rows]) => table(headings[place] ?? place, [...rows.values()])),
		...weights.map(weightTable),
	]
		.join('\n\n')
		.concat('\n');
}

function table(/** @type {string} */ heading, /** @type {readonly Row[]} */ rows) {
	const lines = rows.map(({ what, bytes, basis, source }) => `| ${what} | ${bytes} | ${basis} | ${cell(source)} |`);
	return [`## ${heading}`, '', '| Of what | Bytes | Basis | Source |', '| --- | ---: | --- | --- |', ...lines].join('\n');
}

function weightTable(/** @type {Weights} */ { what, unit, weights, basis, source }) {
	const rows = Object.entries(weights).sort(([a], [b]) => (a < b ? -1 : 1));
	return [
		`## Weights: ${what}`,
		'',
		`Basis: ${bases[basis]}. Source: ${source}.`,
		'',
		'| | Bytes |',
		'| --- | ---: |',
		...rows.map(([name, weight]) => {
			const [low, high] = typeof weight === 'number' ? [weight, weight] : weight;
			return `| \`${name}\` | ${range(low * unit, high * unit)} |`;
		}),
	].join('\n');
}

/** Whatever has a source and bytes, however deep. @returns {Generator<Row>} */
function* rowsOf(/** @type {unknown} */ value, /** @type {readonly string[]} */ trail) {
	if (Array.isArray(value)) for (const one of value) yield* rowsOf(one, trail);
	if (value instanceof Map) for (const [key, one] of value) yield* rowsOf(one, [...trail, cell(String(key))]);
	if (!isFacts(value)) return;
	const name = nameOf(value);
	const here = name === undefined ? trail : [...trail, name];
	yield* ownRows(value, here);
	for (const [key, one] of Object.entries(value))
		yield* rowsOf(one, plain.has(key) || Array.isArray(one) || (isFacts(one) && nameOf(one) !== undefined) ? here : [...here, words(key)]);
}

/** @returns {Generator<Row>} */
function* ownRows(/** @type {Facts} */ one, /** @type {readonly string[]} */ trail) {
	const { source, atLeast, atMost, basis = 'catalog' } = one;
	if (typeof source !== 'string') return;
	const rest = { basis: bases[String(basis)] ?? String(basis), source };
	if (typeof atLeast === 'number' && typeof atMost === 'number') yield { what: trail.join(', '), bytes: range(atLeast, atMost), ...rest };
	else
		for (const [key, number] of Object.entries(one))
			if (typeof number === 'number' && number >= 1000) yield { what: [...trail, ...(plain.has(key) ? [] : [words(key)])].join(', '), bytes: grouped(number), ...rest };
}

/** What a record calls itself. @returns {string | undefined} */
function nameOf(/** @type {Facts} */ { title, what, names, tags, why, kind }) {
	if (why !== undefined) return `its smaller sibling (${cell(String(why)).replace(/\.$/, '')})`;
	const name = title ?? what ?? (Array.isArray(names) ? names[0] : undefined);
	if (name === undefined) return undefined;
	const text = name instanceof RegExp ? `\`${withoutOptions(name.source)}\`` : Array.isArray(names) ? `\`${name}\`` : cell(String(name));
	return tags instanceof RegExp ? `${text}, ${variants[String(kind)]}` : text;
}

/** A pattern of names as its shortest name. */
function withoutOptions(/** @type {string} */ pattern) {
	return pattern
		.replace(/^\^|\$$/g, '')
		.replace(/\(\?:(?:[^()]|\([^()]*\))*\)\?/g, '')
		.replace(/\\(.)/g, '$1')
		.replaceAll('|', '\\|');
}

/** `leavesOut` as people write it. */
function words(/** @type {string} */ key) {
	return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function range(/** @type {number} */ low, /** @type {number} */ high) {
	return low === high ? grouped(low) : low === 0 ? `up to ${grouped(high)}` : `${grouped(low)} to ${grouped(high)}`;
}

/** `8,273,000`. */
function grouped(/** @type {number} */ bytes) {
	return Math.round(bytes).toLocaleString('en');
}

/** Nothing in it ends the cell, or becomes markup. */
function cell(/** @type {string} */ text) {
	return text.replace(/\s+/g, ' ').replace(/[\\|<>*_`[\]]/g, '\\$&');
}

/** @returns {value is Facts} */
function isFacts(/** @type {unknown} */ value) {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** @returns {value is Weights} */
function isWeights(/** @type {unknown} */ value) {
	return isFacts(value) && 'weights' in value && 'unit' in value;
}
