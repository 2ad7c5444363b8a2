import type { Finding, Fix } from '../advice/advice';
import { insertBehind } from '../advice/statements';
import { type KeptDownload, keptDownloads } from '../model/keptDownloads';
import type { Model } from '../model/model';
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
		for (const download of keptDownloads(model)) yield report(model, download);
	},
};

function report(model: Model, download: KeptDownload): Finding {
	const { name, by, fetchedAt, unpacking, word } = download;
	const { program = 'a command' } = unpacking.invocation;
	const isAdded = by.keyword === 'ADD';
	const fix = isAdded ? undefined : repair(model, download);
	return {
		span: isAdded ? fetchedAt : word.span,
		message: isAdded
			? `ADD keeps ${name} in a layer of its own, where it ships beside what ${program} makes of it`
			: `${name} stays in this layer after ${program} is done with it`,
		related: [isAdded ? { span: word.span, message: 'unpacked here' } : { span: fetchedAt, message: 'fetched here' }],
		...(fix ? { fixes: [fix] } : {}),
	};
}

function repair({ file }: Model, { run, last, unpacking, word }: KeptDownload): Fix | undefined {
	const { command, prefix } = unpacking.invocation;
	if (!last || !command.topLevel || !/^["\w./~$]/.test(word.text)) return undefined;
	const edit = insertBehind(file, run.instruction, command.statement, `${prefix}rm ${word.text}`);
	return edit ? { title: `Remove ${word.text} in this RUN`, applicability: 'suggested', edits: [edit] } : undefined;
}
