import { absolutePath } from '../../model/basics/paths';
import type { Refusal } from '../rewrite';
import type { Binary, CompileCommand } from './binaries';
import { fixedValue, textAt, variablesAt } from './places';

/** The programs that `cargo build` or `cargo install` makes: any of the folder that they go to. Only builds for musl are static. */
export function readCargo(compile: CompileCommand): readonly Binary[] {
	const { invocation, run, stage, cwd, model, buildContext } = compile;
	const words = invocation.args.filter(({ text }) => !text.startsWith('+'));
	const verb = words[0]?.value;
	if (verb !== 'build' && verb !== 'b' && verb !== 'install') return [];
	const value = (name: string): string | undefined => {
		const at = words.findIndex(({ text }) => text === name || text.startsWith(`${name}=`));
		const word = words[at];
		if (!word) return '';
		if (word.text !== name) return word.value?.slice(name.length + 1);
		const next = words[at + 1];
		return next ? fixedValue(next, run, stage) : undefined;
	};
	const environment = variablesAt(stage, run.instruction);
	const target = value('--target') || environment.get('CARGO_BUILD_TARGET') || '';
	const output = value('--target-dir') || environment.get('CARGO_TARGET_DIR') || 'target';
	const profile = words.some(({ text }) => text === '--release' || text === '-r') ? 'release' : 'debug';
	const root = verb === 'install' ? value('--root') || environment.get('CARGO_INSTALL_ROOT') || environment.get('CARGO_HOME') : undefined;
	const path = verb === 'install' ? (root ? absolutePath(`${root}/bin`, cwd) : undefined) : absolutePath(`${output}/${target === '' ? '' : `${target}/`}${profile}`, cwd);
	if (path === undefined) return [];
	const manifest = cwd === undefined ? undefined : textAt(model, stage, absolutePath('Cargo.toml', cwd) ?? '', run.instruction, buildContext);
	const refusal = dynamic(compile, target, manifest);
	const assumes = ['No crate of the program links a C library dynamically.'];
	return [{ path, language: 'Rust', edits: [], assumes, folder: cwd, anyName: true, ...(refusal ? { refusal } : {}) }];
}

/** Crates that link a C library of the system. */
const systemCrates = /^(?:openssl|native-tls|openssl-sys|libpq-sys|pq-sys|mysqlclient-sys|rdkafka|zmq|libgit2-sys|sdl2|gtk|gtk4)\s*=/m;

function dynamic(compile: CompileCommand, target: string | undefined, manifest: string | undefined): Refusal | undefined {
	const { invocation, stage, model } = compile;
	const { span } = invocation.command;
	const because = (text: string) => ({ because: text, span });
	if (target === undefined) return because('the target of cargo is not known before the build');
	const musl = target.includes('musl') || (target === '' && stage.family === 'apk');
	if (!musl) return because('cargo links the C library of this image; build on a rust image of Alpine, or for a musl target');
	if (/-crt-static/.test(model.file.text)) return because('the target feature crt-static is switched off');
	const packaged = target.includes('-alpine-') || (target === '' && alpineCargo(compile));
	if (packaged && !model.file.text.includes('+crt-static')) return because('cargo of Alpine’s own packages links the C library dynamically; build on a rust image of Alpine');
	const crate = manifest === undefined ? undefined : systemCrates.exec(manifest)?.[0];
	if (crate !== undefined && !/vendored|bundled/.test(manifest ?? '')) return because(`Cargo.toml names ${crate.replace(/\s*=$/, '')}, which links a C library`);
	for (const index of stage.chain) {
		for (const { operations } of model.stages[index]?.runs ?? []) {
			for (const { operands } of operations) {
				const library = operands.find(
					({ value }) => value !== undefined && /-dev(?:el)?(?:[=<>~@].*)?$/.test(value) && !/^(?:musl|libc)-dev|^protobuf-dev$|^build-base$/.test(value),
				);
				if (library) return because(`${library.text} is installed, so a crate may link a C library dynamically`);
			}
		}
	}
	return undefined;
}

/** Whether apk installs the compiler: Alpine builds it with `crt-static` off (aports, community/rust), unlike rustup's. */
function alpineCargo({ stage, model }: CompileCommand): boolean {
	return stage.chain.some((index) =>
		model.stages[index]?.runs.some(({ operations }) =>
			operations.some(({ action, operands }) => action === 'install' && operands.some(({ value }) => /^(?:cargo|rust)(?:[=<>~@].*)?$/.test(value ?? ''))),
		),
	);
}
