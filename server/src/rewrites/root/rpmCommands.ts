import type { ManagerId } from '../../model/catalog/packageManager';
import { parseReference } from '../../model/catalog/reference';
import { leftoversOf } from '../../model/catalog/roots/rpmLeftovers';
import type { Invocation } from '../../model/commands/invocation';
import type { Run, StageModel } from '../../model/stages/model';
import { output, type PackageAct, readWords } from './recipe';

/** What `rpm` means for a root that is made elsewhere; undefined for what only runs inside it. */
export function readRpm(invocation: Invocation, run: Run): PackageAct | undefined {
	const { args, command } = invocation;
	const words = args.map(({ text, value }) => value ?? text);
	if (words.includes('--import')) return configuring(words);
	if (words.some((word) => /^-[a-zA-Z]*[iUFe]|^--(?:install|upgrade|erase|nodeps|force)/.test(word) && !/^-q/.test(word))) {
		const files = words.filter((word) => !word.startsWith('-'));
		if (words.some((word) => /^-[a-zA-Z]*[iUF]/.test(word)) && !words.some((word) => /^--(?:nodeps|force)/.test(word)) && files.every(isRepositoryPackage))
			return configuring(words);
		return { kind: 'refuse', because: 'rpm itself installs or removes packages here; the package manager can do it in the root as well' };
	}
	if (!/^(?:-[qV]|--query|--verify)/.test(words[0] ?? '') || !command.topLevel || command.redirects.length > 0) return undefined;
	const read = readWords(args, invocation, run);
	return read && { kind: 'afterRoot', command: `rpm --root ${output} ${read.join(' ')}` };
}

/**
 * A command of these words, or another one in its place, that tells the package manager of the builder where packages are and what they are signed with. A refusal where it
 * reads a file: the step that brings it would run in the new root.
 */
export function configuring(written: readonly string[], command?: string): PackageAct {
	const words = written.map((word) =>
		word
			.replace(/^--[\w-]+=/, '')
			.replace(/^['"]|['"]$/g, '')
			.replace(/^file:\/\/(?=\/)/, ''),
	);
	const file = words.find(
		(word) => (/^\.{0,2}\//.test(word) && !/^\/(?:etc\/(?:pki\/rpm-gpg|yum|dnf|zypp|tdnf)|usr\/lib\/rpm)\b/.test(word)) || /^[\w.-]+\.(?:repo|rpm|asc|gpg|key|pub)$/.test(word),
	);
	if (file !== undefined) return { kind: 'refuse', because: `${file} is read in the builder, and what brings it runs in another stage; give the address that it comes from` };
	return command === undefined ? { kind: 'configure' } : { kind: 'configure', command };
}

/** A package that only brings repositories and their keys. */
export function isRepositoryPackage(written: string): boolean {
	const name = written.replace(/['"]/g, '');
	if (/^(?:system|redhat|fedora|lsb)-release/.test(name)) return false;
	return /(?:^|[-/])(?:release|repos?)(?:[-_.][-\w.]*)?$/.test(name) || /\/(?:rhscl|remi|pgdg)-[\w.-]*noarch\.rpm$/.test(name);
}

/** The sentence that a digest needs, which says nothing of the release that the tag before it names. */
export function digestAssumes({ base, release }: StageModel): readonly string[] {
	const parsed = base.kind === 'image' && base.reference !== undefined ? parseReference(base.reference) : undefined;
	return parsed?.digest !== undefined && !parsed.tagWritten && release !== undefined ? [`The image with this digest is of release ${release}.`] : [];
}

/** What takes away what the package manager leaves in the root. */
export function removeLeftovers(id: ManagerId): string {
	const { cache, history = [], logs = [] } = leftoversOf(id) ?? {};
	return `rm -rf ${[...(cache === undefined ? [] : [cache]), ...history, ...logs].map((path) => output + path).join(' ')}`;
}

/** Words on lines of at most 100 characters. */
export function filled(words: readonly string[]): readonly string[] {
	const lines: string[] = [];
	for (const word of words) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + word.length < 100) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}
