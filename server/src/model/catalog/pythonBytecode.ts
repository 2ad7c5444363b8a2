/** Name, bytes and version. */
const weighed = [
	['sympy', 48_540_509, '1.14.0'],
	['pandas', 32_167_221, '3.0.6'],
	['scipy', 28_567_029, '1.17.1'],
	['scikit-learn', 16_990_827, '1.9.1'],
	['numpy', 14_003_858, '2.4.6'],
	['sqlalchemy', 10_247_745, '2.1.1'],
	['networkx', 9_490_305, '3.6.1'],
	['django', 7_544_640, '5.2.17'],
] as const;

/**
 * Packages of Python with many or large modules, and the bytecode that pip compiles of them, in bytes: added up after `pip install --no-deps` with Python 3.11.7
 * on 2026-11-21, in the versions named. pip compiles whatever PYTHONDONTWRITEBYTECODE says, as it calls compileall itself; seen in the same installs.
 * Of all of them together it is 1.5 times as much as the sources. Zero for packages that were not weighed.
 */
export const bytecode: Readonly<Record<string, { readonly bytes: number; readonly version?: string; readonly source?: string }>> = {
	...Object.fromEntries(
		weighed.map(([name, bytes, version]) => [name, { bytes, version, source: `measured with pip and Python 3.11.7: ${name} ${version}; other versions differ` }]),
	),
	// Packages of many modules that were not weighed: they are told of without a number.
	...Object.fromEntries(['torch', 'tensorflow', 'tensorflow-cpu', 'transformers', 'ansible', 'jax', 'statsmodels'].map((name) => [name, { bytes: 0 }])),
};
