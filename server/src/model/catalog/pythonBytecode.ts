/**
 * Packages of Python with many or large modules, and the bytecode that pip compiles of them, in bytes: added up after `pip install --no-deps` with Python 3.11.7
 * on 2026-11-21, in the versions named. pip compiles whatever PYTHONDONTWRITEBYTECODE says, as it calls compileall itself; seen in the same installs.
 * Of all of them together it is 1.5 times as much as the sources. Zero for packages that were not weighed.
 */
export const bytecode: Readonly<Record<string, { readonly bytes: number; readonly version?: string }>> = {
	sympy: { bytes: 48_540_509, version: '1.14.0' },
	pandas: { bytes: 32_167_221, version: '3.0.6' },
	scipy: { bytes: 28_567_029, version: '1.17.1' },
	'scikit-learn': { bytes: 16_990_827, version: '1.9.1' },
	numpy: { bytes: 14_003_858, version: '2.4.6' },
	sqlalchemy: { bytes: 10_247_745, version: '2.1.1' },
	networkx: { bytes: 9_490_305, version: '3.6.1' },
	django: { bytes: 7_544_640, version: '5.2.17' },
	// Packages of many modules that were not weighed: they are told of without a number.
	...Object.fromEntries(['torch', 'tensorflow', 'tensorflow-cpu', 'transformers', 'ansible', 'jax', 'statsmodels'].map((name) => [name, { bytes: 0 }])),
};
