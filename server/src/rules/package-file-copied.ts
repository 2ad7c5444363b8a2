import { mountInstead } from '../advice/mountInstead';
import { copiedPackages } from '../model/layers/copiedPackages';
import type { Rule } from './rule';

/** A package file is copied to be installed, and ships beside what was installed from it. */
export const packageFileCopied: Rule = {
	id: 'package-file-copied',
	title: 'A package file ships beside what was installed from it',
	severity: 'info',
	concerns: 'image',
	fixable: 'review',
	docs: {
		why: 'COPY puts a package or an archive into a layer of its own. The RUN that installs or unpacks it needs it only for that moment, but the layer keeps it, and no later `rm` makes the image smaller. `RUN --mount=type=bind` lends the file to that one RUN, from the build’s folder or from another stage. It needs BuildKit, or podman 4.0; where SELinux is enforcing, podman may need `,z` behind it. Older podman leaves an empty file in its place.',
		before: 'FROM debian:12\nCOPY tool_1.2_amd64.deb /tmp/\nRUN dpkg -i /tmp/tool_1.2_amd64.deb\n',
		after: 'FROM debian:12\nRUN --mount=type=bind,source=tool_1.2_amd64.deb,target=/tmp/tool_1.2_amd64.deb dpkg -i /tmp/tool_1.2_amd64.deb\n',
		links: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
	},
	*check(model, context) {
		for (const copied of copiedPackages(model)) {
			const { by, source, command, word, isRemoved } = copied;
			// In one layer a removal does what it says.
			if (isRemoved && context.oneLayer !== undefined) continue;
			const fix = mountInstead(model, copied, context);
			yield {
				span: source.span,
				message: isRemoved
					? `${by.keyword} keeps ${source.text} in a layer of its own, which its later removal does not make smaller`
					: `${by.keyword} puts ${source.text} into the image, where it ships beside what ${command.invocation.program ?? 'a command'} makes of it`,
				related: [{ span: word.span, message: `${command.operation || /^(?:dpkg|rpm|gdebi)$/.test(command.invocation.program ?? '') ? 'installed' : 'unpacked'} here` }],
				...(fix ? { fixes: [fix] } : {}),
			};
		}
	},
};
