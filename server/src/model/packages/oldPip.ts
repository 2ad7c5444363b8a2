import type { Operation } from '../commands/operation';
import { isWrittenBefore } from '../stages/configured';
import { type Model, type Run, stageOf } from '../stages/model';

/** Images of releases whose package is pip 1.5 or older: Debian to 8, Ubuntu to 15.10, and what is known to stand on them (packages.debian.org, packages.ubuntu.com). */
const oldReleases = /(?:debian:|buildpack-deps:)(?:[678]\b|oldoldstable)|squeeze|wheezy|jessie|ubuntu\S*:1[0-5]\.|precise|trusty|phusion\/baseimage:0\.9\.|^dockerfile\//;

const packaged = /\bpython[\d.]*-pip\b/;
const packagedForPython2 = /\bpython-pip\b/;
const newer = /get-pip|easy_install|\bpip["']?==|\binstall\b[^&|;\n]*\s(?:-U|--upgrade|-I|--ignore-installed)\s[^&|;\n]*\bpip\b|pyenv|conda|pypy/;

/** Whether a command runs the pip of an old distribution, or may, which knows no --no-cache-dir and keeps nothing unless it is told to: both came with pip 6. */
export function isOldPip(model: Model, run: Run, { managers, invocation }: Operation): boolean {
	if (managers[0]?.id !== 'pip') return false;
	const stage = stageOf(model, run);
	const base = model.stages[stage.bottom]?.base;
	const { start } = invocation.command.span;
	if (base?.kind !== 'image' || isWrittenBefore(model, run, start, newer)) return false;
	if (oldReleases.test(base.reference ?? '')) return isWrittenBefore(model, run, start, packaged);
	// Of Python 2 there is a package in old releases only, and which of them this is nobody says: `ruby:2.1` is Debian 8.
	const mayBeOld = stage.family === undefined || (stage.family === 'deb' && stage.release === undefined);
	return mayBeOld && isWrittenBefore(model, run, start, packagedForPython2) && isWrittenBefore(model, run, start, /\bapt(?:-get)?\s/);
}
