import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { Engine, Machine } from '../../../server/src/podman/engine';
import { defaultPlatforms } from '../../../server/src/podman/platforms';
import type { Place } from './memory';
import { withoutPassword } from './texts';

/** What a choice of platforms is made of. */
export interface PlatformChoice {
	/** Ticked, and on top; where there is none, what the machine runs itself. */
	readonly chosen: readonly string[];
	/** Those that the settings name. */
	readonly wished: readonly string[];
	/** Those that the base images are there for; where that is not known, what is common is offered. */
	readonly known: readonly string[] | undefined;
	readonly machine: Machine;
	/** Fewer than these are no answer. */
	readonly least: 0 | 1;
}

/** Asks for platforms. Undefined where nobody answers. */
export async function pickPlatforms(title: string, { chosen, wished, known, machine, least }: PlatformChoice): Promise<readonly string[] | undefined> {
	const { platform, emulated } = machine;
	const offered = known ?? [platform, ...defaultPlatforms, ...emulated];
	const ticked = chosen.length > 0 ? chosen : wished.length > 0 ? wished : offered.filter((one) => one === platform);
	const items = [...new Set([...ticked, ...wished, ...offered])].map((label) => ({
		label,
		picked: ticked.includes(label),
		...(label === platform ? { description: 'native' } : emulated.includes(label) ? { description: 'emulated' } : {}),
	}));
	const placeHolder = least === 0 ? 'Platforms of the manifest list; none for one image' : 'Platforms of the manifest list';
	const picked = await window.showQuickPick(items, { title, placeHolder, canPickMany: true, ignoreFocusOut: true });
	return picked && picked.length >= least ? picked.map(({ label }) => label) : undefined;
}

type PlaceItem = QuickPickItem & { readonly place?: Place };

/** Where something can be built, apart from where podman itself builds. */
export function hasPlaces({ connections, farms }: Engine): boolean {
	return connections.length > 0 || farms.length > 0;
}

/** Asks where to build: where podman itself does, on connections, or on a farm; what was chosen last is on top. Undefined where nobody answers. */
export async function pickPlace(title: string, engine: Engine, chosen: Place | undefined): Promise<Place | undefined> {
	const { connections, farms, machine, remote } = engine;
	const byDefault = connections.find(({ isDefault }) => isDefault);
	const own: PlaceItem = {
		label: remote ? 'The machine that podman uses' : 'This machine',
		description: remote && byDefault ? `${byDefault.name} · ${machine.platform}` : machine.platform,
		place: { connections: [] },
	};
	const single = connections.map((one): PlaceItem => ({ label: one.name, description: withoutPassword(one.uri), place: { connections: [one.name] } }));
	const several: PlaceItem = { label: 'Several connections...', description: 'each platform where it is native' };
	const ofFarms = farms.map((farm): PlaceItem => ({ label: farm.name, description: farm.connections.join(', '), place: { connections: [], farm: farm.name } }));
	const items = [own, ...group('connections', [...single, ...(single.length > 1 ? [several] : [])]), ...group('farms', ofFarms)];
	const last = items.find((item) => (item.place ? isSame(item.place, chosen) : item === several && (chosen?.connections.length ?? 0) > 1));
	const lastFirst = last ? [last, ...items.filter((item) => item !== last)] : items;
	const picked = await window.showQuickPick(lastFirst, { title, placeHolder: 'Where to build', matchOnDescription: true, ignoreFocusOut: true });
	if (picked !== several) return picked?.place;
	const ticked = await window.showQuickPick(
		connections.map(({ name, uri }) => ({ label: name, description: withoutPassword(uri), picked: chosen?.connections.includes(name) ?? false })),
		{ title, placeHolder: 'Podman connections that share the platforms', canPickMany: true, ignoreFocusOut: true },
	);
	return ticked && ticked.length > 0 ? { connections: ticked.map(({ label }) => label) } : undefined;
}

/** Says where something is built: `this machine`, `buildsys and arm`, `the farm lab`. */
export function placeText({ connections, farm }: Place): string {
	return farm !== undefined ? `the farm ${farm}` : connections.length === 0 ? 'the machine that podman itself uses' : connections.join(' and ');
}

/** Asks for a name, which may be one of those known, the first on top. `refuse` says what is wrong with one while it is typed: such a name cannot be taken. Undefined where nobody answers. */
export function pickName(title: string, placeHolder: string, known: readonly string[], refuse: (name: string) => string | undefined): Promise<string | undefined> {
	return new Promise((resolve) => {
		const pick = window.createQuickPick<QuickPickItem & { readonly wrong?: string }>();
		Object.assign(pick, { title, placeholder: placeHolder, ignoreFocusOut: true });
		const show = (typed: string) => {
			const wrong = typed === '' ? undefined : refuse(typed);
			const own = typed === '' || known.includes(typed) ? [] : [{ label: typed, alwaysShow: true, ...(wrong === undefined ? {} : { wrong, detail: `$(error) ${wrong}` }) }];
			pick.items = [...own, ...known.map((label) => ({ label }))];
			pick.activeItems = pick.items.slice(0, 1);
		};
		show('');
		pick.onDidChangeValue((value) => show(value.trim()));
		pick.onDidAccept(() => {
			const [item] = pick.activeItems;
			if (!item || item.wrong !== undefined) return;
			resolve(item.label);
			pick.hide();
		});
		pick.onDidHide(() => {
			resolve(undefined);
			pick.dispose();
		});
		pick.show();
	});
}

/** Asks whether to push, what was chosen last on top. Undefined where nobody answers. */
export async function pickPush(title: string, name: string, chosen: boolean): Promise<boolean | undefined> {
	const items = [
		{ label: 'Keep it here', push: false },
		{ label: 'Push', description: `to ${name}`, push: true },
	];
	const lastFirst = chosen ? items.toReversed() : items;
	return (await window.showQuickPick(lastFirst, { title, placeHolder: 'What to do when it is built', ignoreFocusOut: true }))?.push;
}

function group(label: string, items: readonly PlaceItem[]): readonly PlaceItem[] {
	return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

function isSame(one: Place, other: Place | undefined): boolean {
	return other !== undefined && one.farm === other.farm && one.connections.join('\n') === other.connections.join('\n');
}
