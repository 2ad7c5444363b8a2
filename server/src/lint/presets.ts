import type { Severity } from '../advice/advice';
import type { RuleDescription } from './configurable';

/** A level as a configuration gives it. */
export type Level = Severity | 'off';

/** Every level, the loudest first. */
export const levels: readonly Level[] = ['error', 'warning', 'info', 'hint', 'off'];

/** What a preset makes of a finding of a rule. */
interface Preset {
	/** One sentence for lists. */
	readonly title: string;
	readonly level: (rule: Pick<RuleDescription, 'concerns'>, own: Severity) => Level;
}

const louder: Readonly<Record<Severity, Severity>> = { error: 'error', warning: 'warning', info: 'warning', hint: 'info' };

/** What `extends` of a configuration may name. A preset goes by what a rule says about itself, so that a new rule is in it at once. */
export const presets = {
	recommended: { title: 'Every rule at its own level, which is what holds where nothing is said.', level: (_rule, own) => own },
	strict: { title: 'Every rule, one step louder: a hint becomes an info, an info a warning.', level: (_rule, own) => louder[own] },
	'images-only': { title: 'Only rules about the image that ships; those about how it is built are off.', level: ({ concerns }, own) => (concerns === 'image' ? own : 'off') },
} as const satisfies Readonly<Record<string, Preset>>;

/** The name of a preset. */
export type PresetName = keyof typeof presets;

/** Every preset, in the order in which they are documented. */
export const presetNames = Object.keys(presets) as readonly PresetName[];

/** What decides how loudly a rule speaks. */
export interface Loudness {
	/** By rule id; these count more than the preset. */
	readonly rules?: Readonly<Record<string, Level>>;
	readonly preset?: PresetName;
}

/** How loudly a finding of a rule is told whose level would be `own`. */
export function levelOf(rule: Pick<RuleDescription, 'id' | 'concerns'>, own: Severity, { rules, preset = 'recommended' }: Loudness): Level {
	return rules?.[rule.id] ?? presets[preset].level(rule, own);
}
