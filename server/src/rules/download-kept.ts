import type { Finding, Fix } from '../advice/advice';
import { insertBehind } from '../advice/statements';
import type { PlacedCommand } from '../model/files/placedCommands';
import { type KeptDownload, keptDownloads } from '../model/layers/keptDownloads';
import type { Model } from '../model/stages/model';
import type { Rule } from './rule';

/** An archive is fetched and unpacked, and stays beside what came out of it. */
export const downloadKept: Rule = {
	id: 'download-kept',
	title: 'A fetched archive stays after it was unpacked',
	severity: 'warning',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'Once an archive is unpacked or a package file is installed, nobody needs it any more, but its bytes ship with the image. Only the RUN that fetched it can remove it for good. ADD of an address makes a layer of its own, which no RUN can make smaller: fetch with curl or wget in the RUN that unpacks, and remove the file there.',
		before: 'FROM debian:12\nRUN curl -fsSLO https://example.com/tool-1.2.tar.gz && tar -xzf tool-1.2.tar.gz -C /opt\n',
		after: 'FROM debian:12\nRUN curl -fsSLO https://example.com/tool-1.2.tar.gz && tar -xzf tool-1.2.tar.gz -C /opt && rm tool-1.2.tar.gz\n',
		links: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
	},
	*check(model) {
		const downloads = keptDownloads(model);
		const together = new Map<PlacedCommand, KeptDownload[]>();
		for (const one of downloads) {
			const there = together.get(one.unpacking);
			if (there) there.push(one);
			else together.set(one.unpacking, [one]);
		}
		for (const one of downloads) yield report(model, one, together.get(one.unpacking) ?? []);
	},
};

function report(model: Model, download: KeptDownload, together: readonly KeptDownload[]): Finding {
	const { name, by, fetchedAt, unpacking, word } = download;
	const { program = 'a command' } = unpacking.invocation;
	const isAdded = by.keyword === 'ADD';
	const fix = isAdded ? undefined : repair(model, download, together);
	return {
		span: isAdded ? fetchedAt : word.span,
		message: isAdded
			? `ADD keeps ${name} in a layer of its own, where it ships beside what ${program} makes of it`
			: `${name} stays in this layer after ${program} is done with it`,
		related: [isAdded ? { span: word.span, message: 'unpacked here' } : { span: fetchedAt, message: 'fetched here' }],
		...(fix ? { fixes: [fix] } : {}),
	};
}

/** Removes it, with all others that the same command unpacks. */
function repair({ file }: Model, download: KeptDownload, together: readonly KeptDownload[]): Fix | undefined {
	const { run, unpacking, prefix } = download;
	const { command } = unpacking.invocation;
	const alike = together.filter((one) => one.last && one.prefix === prefix && /^["\w./~$]/.test(one.word.text));
	if (!command.topLevel || !alike.includes(download)) return undefined;
	const words = [...new Set(alike.map(({ word }) => word.text))].join(' ');
	const edit = insertBehind(file, run.instruction, command.statement, `${prefix}rm ${words}`);
	return edit ? { title: `Remove ${words} in this RUN`, applicability: 'suggested', edits: [edit] } : undefined;
}
