import type { Fix } from '../advice/advice';
import { assignmentsOf, findStage } from '../model/basics/references';
import { parseReference } from '../model/catalog/reference';
import { beginsEmpty, bringerOf, chainInstructions } from '../model/files/emptyRoot';
import type { Model, StageModel } from '../model/stages/model';
import type { Instruction } from '../syntax/containerfile';
import type { Span } from '../text/span';
import type { Rule } from './rule';

/** A program that is told an address with https, in an image that trusts nobody. */
export const scratchWithoutCertificates: Rule = {
	id: 'scratch-without-certificates',
	title: 'No certificates where https is spoken',
	severity: 'hint',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'Whoever asks a server with https checks its certificate by a list of authorities, a file such as `/etc/ssl/certs/ca-certificates.crt`. Scratch and busybox have none, and the request ends with “certificate signed by unknown authority”. This is said only where the file itself names such an address in CMD, ENTRYPOINT or ENV of the image, and nothing brings a list. A program that has its own built in does without: then ignore this.',
		before:
			'FROM golang:1.24 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app", "--upstream", "https://example.org/feed"]\n',
		after:
			'FROM golang:1.24 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app\nFROM scratch\nCOPY --from=build /app /app\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCMD ["/app", "--upstream", "https://example.org/feed"]\n',
		links: ['https://pkg.go.dev/crypto/x509#SystemCertPool'],
	},
	*check(model) {
		const { target, file } = model;
		if (!target || file.problems.length > 0 || !beginsWithoutCertificates(model, target) || bringerOf(model, target, ['/etc/ssl/certs'])) return;
		const instructions = chainInstructions(model, target);
		const evidence = evidenceIn(model, instructions);
		if (!evidence || instructions.some(({ span }) => saysOtherwise.test(file.text.slice(span.start, span.end)))) return;
		const fix = copyFromBuilder(model, instructions);
		yield {
			span: evidence.span,
			message: `${evidence.host} is to be asked with https, and the image has no list of certificate authorities to check it by`,
			fixes: fix ? [fix] : [],
		};
	},
};

/** Certificates that are brought or named, or a wish to do without. */
const saysOtherwise = /cert|ssl|pki|x509|\.pem\b|\.crt\b|tls|insecure|no-?verify|skip-?verify|trust/i;

function beginsWithoutCertificates(model: Model, stage: StageModel): boolean {
	return beginsEmpty(model, stage) || (stage.image?.family === 'busybox' && parseReference(referenceOf(model, stage) ?? '')?.shortName === 'busybox');
}

function referenceOf({ stages }: Model, { bottom }: StageModel): string | undefined {
	const base = stages[bottom]?.base;
	return base?.kind === 'image' ? base.reference : undefined;
}

const address = /\b(?:https|wss):\/\/(?:[^\s/"'@]*@)?([\w-]+(?:\.[\w-]+)+)/;

/** Names of variables whose address the program itself asks, not people. */
const asked =
	/^(?!(?:REACT_APP|VITE|VUE_APP|NEXT|NUXT|GATSBY|NG|PUBLIC|EXTERNAL|FRONTEND|BROWSER|CLIENT|SITE)_)(?:.*_)?(?:API|ENDPOINT|UPSTREAM|FEED|OIDC_ISSUER|WEBHOOK|TARGET|REMOTE|PROXY|OIDC|REGISTRY)(?:_?(?:URL|URI|ADDR|ADDRESS|HOST|BASE|ROOT))*$/;

/** The first address that the program gets as an argument or in a variable of its environment. */
function evidenceIn({ file }: Model, instructions: readonly Instruction[]): { readonly span: Span; readonly host: string } | undefined {
	const last = new Map(instructions.map((instruction) => [instruction.keyword, instruction]));
	for (const keyword of ['ENTRYPOINT', 'CMD']) {
		const instruction = last.get(keyword);
		const words = instruction?.exec ?? instruction?.words ?? [];
		// A web server hands addresses on to browsers.
		if (words.slice(0, 2).some(({ value }) => /^(?:.*\/)?(?:echo|printf|cat|true|\w*httpd)$/.test(value ?? ''))) return undefined;
		for (const [index, { span, text }] of words.entries()) {
			if (keyword === 'ENTRYPOINT' && index === 0) continue;
			const host = hostIn(text);
			const option = /^["']?-+([\w.-]+)=/.exec(text)?.[1] ?? /^["']?-+([\w.-]+)["']?$/.exec(words[index - 1]?.text ?? '')?.[1];
			// An address may as well be the program's own, or one for those who ask it.
			if (host !== undefined && (option === undefined || asked.test(option.toUpperCase().replace(/[-.]/g, '_')))) return { span, host };
		}
	}
	if (!last.has('CMD') && !last.has('ENTRYPOINT')) return undefined;
	for (const instruction of instructions.filter(({ keyword }) => keyword === 'ENV')) {
		for (const [name, value = ''] of assignmentsOf(instruction)) {
			const host = asked.test(name.toUpperCase()) ? hostIn(value) : undefined;
			const word = instruction.words.find(({ text }) => host !== undefined && text.includes(host));
			// A variable that the file itself uses is one of the build.
			if (host !== undefined && word && !new RegExp(`\\$\\{?${name}\\b`).test(file.text)) return { span: word.span, host };
		}
	}
	return undefined;
}

function hostIn(text: string): string | undefined {
	const host = address.exec(text)?.[1];
	return host === undefined || /^127\.|^10\.|^192\.168\.|^0\.0\.0\.0$|\.(?:local|localhost|internal|svc|test)$|\.svc\./.test(host) ? undefined : host;
}

/** Images that have the list at Debian's and Alpine's place: their Containerfiles install ca-certificates or are built on buildpack-deps, which does. */
const withList: ReadonlySet<string> = new Set(['golang', 'rust']);

/** Takes the list from the stage that the program is taken from. */
function copyFromBuilder(model: Model, instructions: readonly Instruction[]): Fix | undefined {
	const { file, stages } = model;
	for (const instruction of instructions.filter(({ keyword }) => keyword === 'COPY').reverse()) {
		const from = instruction.flags.find(({ name }) => name === 'from')?.value;
		const index = from === undefined ? undefined : findStage(file, from, instruction.stage);
		const builder = index === undefined ? undefined : stages[index];
		const reference = builder && parseReference(referenceOf(model, builder) ?? '');
		if (from === undefined || !reference || !withList.has(reference.shortName) || /windows|nanoserver/.test(reference.tag) || instruction.heredocs.length > 0) continue;
		const { end } = instruction.span;
		const text = `${file.newline}COPY --from=${from} /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/`;
		return { title: `Copy the list from ${from}`, applicability: 'suggested', edits: [{ span: { start: end, end }, text }] };
	}
	return undefined;
}
