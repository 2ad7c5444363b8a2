import { describe, expect, it } from 'vitest';
import { analyze } from '../../server/src/lint/analyze';
import type { Invocation } from '../../server/src/model/commands/invocation';
import { headOf, type Operation } from '../../server/src/model/commands/operation';

const textOf = (command: string, base = 'FROM quay.io/x/y') => `${base}\nRUN ${command}\n`;
const invocation = (command: string) => analyze(textOf(command)).runs[0]?.invocations[0] as Invocation;
const operation = (command: string, base?: string) => analyze(textOf(command, base)).runs[0]?.operations[0] as Operation;
const words = (list: readonly { readonly text: string }[]) => list.map(({ text }) => text).join(' ');

describe('wrappers are taken off', () => {
	it.each([
		['dnf install x', 'dnf', 'install x'],
		['/usr/bin/dnf install x', 'dnf', 'install x'],
		['sudo dnf install x', 'dnf', 'install x'],
		['sudo -E -u root dnf install x', 'dnf', 'install x'],
		['sudo -- dnf install x', 'dnf', 'install x'],
		['sudo DEBIAN_FRONTEND=noninteractive apt-get install x', 'apt-get', 'install x'],
		['env A=1 B=2 apt-get install x', 'apt-get', 'install x'],
		['env -u A apt-get install x', 'apt-get', 'install x'],
		['time -p dnf install x', 'dnf', 'install x'],
		['timeout -k 5 10m apt-get update', 'apt-get', 'update'],
		['nice -n 10 dnf install x', 'dnf', 'install x'],
		['sudo env A=1 nohup dnf install x', 'dnf', 'install x'],
		['exec dnf install x', 'dnf', 'install x'],
		['python3 -m pip install x', 'pip', 'install x'],
		['/opt/bin/python3.11 -m pip install x', 'pip', 'install x'],
		['sudo python -m pip install x', 'pip', 'install x'],
		['xargs -n 1 -a list apt-get install -y', 'apt-get', 'install -y'],
		['python3 x.py install', 'python3', 'x.py install'],
		['python3 -m', 'python3', '-m'],
		['sudo', 'sudo', ''],
		['env A=1', 'env', 'A=1'],
	])('%s', (command, program, args) => {
		const found = invocation(command);
		expect([found.program, words(found.args)]).toEqual([program, args]);
	});

	it('and their rights are known', () => {
		expect(['sudo dnf x', 'sudo env A=1 dnf x', 'env A=1 dnf x', 'dnf x'].map((command) => invocation(command).prefix)).toEqual(['sudo ', 'sudo ', '', '']);
	});

	it('and whether there are more arguments', () => {
		expect(['xargs dnf install', 'sudo xargs dnf install', 'dnf install'].map((command) => invocation(command).moreArguments)).toEqual([true, true, false]);
	});

	it('of a program in a variable it is not known', () => {
		expect(invocation('$TOOL install x').program).toBeUndefined();
		expect(invocation('A=1').name).toBeUndefined();
	});

	it('the name keeps its place', () => {
		const text = textOf('sudo /usr/bin/dnf install x');
		const name = analyze(text).runs[0]?.invocations[0]?.name;
		expect(text.slice(name?.span.start, name?.span.end)).toBe('/usr/bin/dnf');
	});
});

describe('a package manager is asked', () => {
	it.each([
		['dnf -y install nginx vim', 'install', 'install', 'nginx vim'],
		['dnf install -y nginx --nodocs vim', 'install', 'install', 'nginx vim'],
		['dnf group install base', 'install', 'group install', 'base'],
		['dnf module install nodejs:18', 'install', 'module install', 'nodejs:18'],
		['dnf clean all', 'clean', 'clean', 'all'],
		['apt-get update', 'refresh', 'update', ''],
		['dnf update', 'upgrade', 'update', ''],
		['apk add --no-cache curl', 'install', 'add', 'curl'],
		['npm cache clean --force', 'clean', 'cache clean', ''],
		['yarn', 'install', '', ''],
		['yarn --frozen-lockfile', 'install', '', ''],
		['yarn global add x', 'install', 'global add', 'x'],
		['pip3.11 install -r requirements.txt flask', 'install', 'install', 'flask'],
		['python3 -m pip install flask', 'install', 'install', 'flask'],
		['xargs apt-get install -y', 'install', 'install', ''],
	])('%s', (command, action, verb, operands) => {
		const found = operation(command);
		expect([found.action, words(found.verb), words(found.operands)]).toEqual([action, verb, operands]);
	});

	it.each(['dnf search x', 'dnf', 'dnf --version', 'yarn build', 'pip cache', 'make install', 'echo dnf install x', 'dnf $VERB x'])('%s is none of that', (command) => {
		expect(operation(command)).toBeUndefined();
	});

	it('is the record that the base proves, else all of that name', () => {
		expect(operation('dnf install x').managers.map(({ id }) => id)).toEqual(['dnf4', 'dnf5']);
		expect(operation('dnf install x', 'FROM fedora:33').managers.map(({ id }) => id)).toEqual(['dnf4']);
		expect(operation('dnf install x', 'FROM fedora:41').managers.map(({ id }) => id)).toEqual(['dnf5']);
	});

	it('has a head from its name to its verb', () => {
		const text = textOf('sudo npm -g cache clean --force');
		const head = headOf(analyze(text).runs[0]?.operations[0] as Operation);
		expect(text.slice(head.start, head.end)).toBe('npm -g cache clean');
	});
});

describe('options', () => {
	it.each([
		['dnf install --setopt=install_weak_deps=False x', ['--setopt=install_weak_deps=false'], 'x'],
		['dnf install --setopt install_weak_deps=False x', ['--setopt=install_weak_deps=false'], 'x'],
		['dnf install --releasever 33 --installroot /output x', ['--releasever=33', '--installroot=/output'], 'x'],
		['apt-get install -o APT::Install-Recommends=0 x', ['-o=apt::install-recommends=0'], 'x'],
		['apt-get install -oAPT::Install-Recommends=0 x', ['-o=apt::install-recommends=0'], 'x'],
		['apt-get install -t bookworm-backports x', ['-t=bookworm-backports'], 'x'],
		['apt-get install -y --no-install-recommends x', ['-y', '--no-install-recommends'], 'x'],
		['apk add --virtual .build x', ['--virtual=.build'], 'x'],
		['apk add -t .build x', ['-t=.build'], 'x'],
		['dnf install x --setopt', ['--setopt'], 'x'],
		['pip install - x', [], '- x'],
		['pip install -- x', [], 'x'],
	])('%s', (command, options, operands) => {
		const found = operation(command);
		expect([found.options.map(({ text }) => text), words(found.operands)]).toEqual([options, operands]);
	});

	it('keep their words and their values as written', () => {
		const [option] = operation('dnf install --Setopt x --setopt tsflags=NoDocs y').options.filter(({ name }) => name === '--setopt');
		expect([option?.value, option?.words.map(({ text }) => text)]).toEqual(['tsflags=NoDocs', ['--setopt', 'tsflags=NoDocs']]);
	});

	it('have no value where it is in a variable', () => {
		expect(operation('dnf install --releasever $V x').options.map(({ value }) => value)).toEqual([undefined]);
		expect(operation('dnf install --releasever=$V x').options.map(({ value }) => value)).toEqual([undefined]);
	});
});

describe('what a tool knows', () => {
	it.each([
		['zypper -R /output install x', '/output', 'x'],
		['zypper install -R x', undefined, 'x'],
		['zypper in -D -R -C libfoo', undefined, 'libfoo'],
		['zypper -D /repos in x', undefined, 'x'],
	])('letters of zypper in %s', (command, root, operands) => {
		const found = operation(command);
		expect([found.root, words(found.operands)]).toEqual([root, operands]);
	});

	it.each(['localinstall', 'groupinstall', 'update-minimal', 'erase'])('dnf 5 knows no %s', (verb) => {
		expect(operation(`dnf ${verb} x`, 'FROM fedora:42')).toBeUndefined();
		expect(operation(`dnf ${verb} x`, 'FROM almalinux:9')).toBeDefined();
	});

	it.each([
		['mvn -B clean package', 'build'],
		['./gradlew :app:build -x test', 'build'],
		['cpanm Mojolicious', 'install'],
		['composer global require x/y', 'install'],
		['go mod download', 'download'],
	])('%s does what', (command, action) => {
		expect(operation(command).action).toBe(action);
	});
});

describe('another root', () => {
	it.each([
		['dnf install --installroot /output x', '/output', '--installroot /output'],
		['dnf install --installroot=/output/ x', '/output', '--installroot=/output/'],
		['dnf --installroot "/mnt/root" install x', '/mnt/root', '--installroot "/mnt/root"'],
		['zypper --root /output install x', '/output', '--root /output'],
		['apk add -p /output x', '/output', '-p /output'],
		['dnf install --installroot $OUT x', '', '--installroot $OUT'],
	])('%s', (command, root, option) => {
		const found = operation(command);
		expect([found.root, found.rootOption]).toEqual([root, option]);
	});

	it.each(['dnf install x', 'npm --prefix /app install', 'pip install --target /app x'])('%s has none', (command) => {
		expect([operation(command).root, operation(command).rootOption]).toEqual([undefined, undefined]);
	});
});
