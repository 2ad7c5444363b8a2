import { automaticVariables } from '../model/catalog/platforms';
import { literal } from '../text/literal';

/** The name of a stage or an image as a file writes it, variables and all: `base-${TARGETARCH}`. */
export interface StageTemplate {
	/** The same for two that differ in nothing that counts: `$NAME` is written `${NAME}`, letters are small. */
	readonly key: string;
	/** The names of its variables, in their order. */
	readonly variables: readonly string[];
	/** What stands before, between and behind the variables: one more than there are of them. */
	readonly fixed: readonly string[];
}

/** Reads a name; undefined where a variable stands in another form than `$NAME` and `${NAME}`. */
export function readTemplate(text: string): StageTemplate | undefined {
	const parts = text.split(/\$(?:\{(?=\w+\})(\w+)\}|([A-Za-z_]\w*))/);
	const fixed = parts.filter((_part, index) => index % 3 === 0).map((part) => (part ?? '').toLowerCase());
	const variables = parts.flatMap((part, index) => (index % 3 === 0 || part === undefined ? [] : [part]));
	if (fixed.some((part) => part.includes('$'))) return undefined;
	return { key: fixed.map((part, index) => (index === 0 ? part : `\${${variables[index - 1]}}${part}`)).join(''), variables, fixed };
}

/** Whether two names can be the same for some values of their variables; a variable that builders do not set by themselves can be anything. */
export function mayCoincide(one: StageTemplate, other: StageTemplate): boolean {
	if (one.key === other.key) return true;
	const readings = readingsOf(one);
	if (readings) return readings.some((reading) => shapeOf(other).test(reading));
	return readingsOf(other)?.some((reading) => shapeOf(one).test(reading)) ?? true;
}

/** What a name says without its variables and what joined them, in the letters that the name of a stage may have; `selected` where nothing is left. */
export function stemOf({ fixed }: StageTemplate): string {
	const [image = ''] = fixed.join('$').replace(/.*\//s, '').split(/[:@]/);
	const words = image.replace(/[-_.]?\$/g, '').replace(/[^a-z0-9_.-]|^[^a-z]+|[-_.]+$/g, '');
	return words || 'selected';
}

/** All that it can mean; undefined where that is not known or too much to look at. */
function readingsOf({ variables, fixed }: StageTemplate): readonly string[] | undefined {
	let readings: readonly string[] = [fixed[0] ?? ''];
	for (const [index, name] of variables.entries()) {
		const values = automaticVariables.get(name);
		if (!values || values.length * readings.length > 10_000) return undefined;
		readings = readings.flatMap((reading) => values.map((value) => reading + value + fixed[index + 1]));
	}
	return readings;
}

function shapeOf({ variables, fixed }: StageTemplate): RegExp {
	const quoted = fixed.map(literal);
	const values = variables.map((name) => `(?:${automaticVariables.get(name)?.join('|') ?? '.*'})`);
	return new RegExp(`^${quoted.map((part, index) => part + (values[index] ?? '')).join('')}$`, 's');
}
