import type { Edit } from '../text/edit';

/** Where an ignore comment holds. */
export type IgnoreScope = 'here' | 'file';

/** The edit that writes `# whittle-ignore RULE -- reason` above the instruction at `offset`, or `# whittle-ignore-file RULE -- reason` below the parser directives. */
export function ignoreEdit(_text: string, _rule: string, _offset: number, _scope: IgnoreScope): Edit {
	return { span: { start: 0, end: 0 }, text: '' };
}
