/**
 * A map that never changes: one with another value is a new one, and shares with this one all but the way to that value. So each of thousands of instructions can
 * have all that is in force behind it.
 */
export class PersistentMap<Value> {
	constructor(private readonly root: Node<Value> = { children: [] }) {}

	/** What a name has; undefined for one that is not there, too. */
	get(name: string): Value | undefined {
		return this.find(name)?.value;
	}

	/** Whether a name is there. */
	has(name: string): boolean {
		return this.find(name)?.isThere === true;
	}

	/** This map with another value for a name. */
	with(name: string, value: Value): PersistentMap<Value> {
		return new PersistentMap(put(this.root, { hash: hashOf(name), name, value, isThere: true, next: undefined }, 0));
	}

	/** This map without a name. */
	without(name: string): PersistentMap<Value> {
		return this.has(name) ? new PersistentMap(put(this.root, { hash: hashOf(name), name, value: undefined, isThere: false, next: undefined }, 0)) : this;
	}

	/** The names that are there, in no order. */
	*keys(): Iterable<string> {
		const open: Node<Value>[] = [this.root];
		for (let node = open.pop(); node; node = open.pop()) {
			if ('children' in node) open.push(...node.children.flatMap((child) => child ?? []));
			else for (let leaf: Leaf<Value> | undefined = node; leaf; leaf = leaf.next) if (leaf.isThere) yield leaf.name;
		}
	}

	private find(name: string): Leaf<Value> | undefined {
		const hash = hashOf(name);
		let node: Node<Value> | undefined = this.root;
		for (let shift = 0; node && 'children' in node; shift += bits) node = node.children[slotOf(hash, shift)];
		while (node && node.name !== name) node = node.next;
		return node;
	}
}

interface Leaf<Value> {
	readonly hash: number;
	readonly name: string;
	readonly value: Value | undefined;
	readonly isThere: boolean;
	/** Another name with the same hash. */
	readonly next: Leaf<Value> | undefined;
}

type Node<Value> = Leaf<Value> | { readonly children: readonly (Node<Value> | undefined)[] };

/** Bits of the hash that each level takes. */
const bits = 4;

function slotOf(hash: number, shift: number): number {
	return (hash >>> shift) & ((1 << bits) - 1);
}

/** FNV-1a. */
function hashOf(name: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
	return hash >>> 0;
}

function put<Value>(node: Node<Value> | undefined, leaf: Leaf<Value>, shift: number): Node<Value> {
	if (!node) return leaf;
	if ('children' in node) {
		const children = [...node.children];
		const slot = slotOf(leaf.hash, shift);
		children[slot] = put(children[slot], leaf, shift + bits);
		return { children };
	}
	if (node.hash === leaf.hash) return { ...leaf, next: withoutName(node, leaf.name) };
	return put(put({ children: [] }, node, shift), leaf, shift);
}

function withoutName<Value>(leaf: Leaf<Value> | undefined, name: string): Leaf<Value> | undefined {
	if (!leaf || leaf.name === name) return leaf?.next;
	return { ...leaf, next: withoutName(leaf.next, name) };
}
