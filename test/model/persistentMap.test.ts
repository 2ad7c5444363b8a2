import { expect, it } from 'vitest';
import { PersistentMap } from '../../server/src/model/basics/persistentMap';
import fc from '../support/properties';

/** Two of these names have the same hash. */
const names = ['costarring', 'liquid', 'PATH', 'A', 'A1', 'A2', '', '__proto__', 'constructor'];

it('has what a map has after the same changes, and the maps before keep what they had', () => {
	const change = fc.record({ name: fc.oneof(fc.constantFrom(...names), fc.string()), value: fc.option(fc.nat(), { nil: undefined }), isTaken: fc.boolean() });
	fc.assert(
		fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
			let plain = new Map<string, number | undefined>();
			let map = new PersistentMap<number | undefined>();
			const states: { plain: Map<string, number | undefined>; map: PersistentMap<number | undefined> }[] = [];
			for (const { name, value, isTaken } of changes) {
				plain = new Map(plain);
				if (isTaken) plain.delete(name);
				else plain.set(name, value);
				map = isTaken ? map.without(name) : map.with(name, value);
				states.push({ plain, map });
			}
			for (const state of states) {
				expect([...state.map.keys()].sort()).toEqual([...state.plain.keys()].sort());
				for (const name of [...names, ...state.plain.keys()]) expect([state.map.has(name), state.map.get(name)]).toEqual([state.plain.has(name), state.plain.get(name)]);
			}
		}),
	);
});
