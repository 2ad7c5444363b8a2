/** A function whose answer for an object is computed once for as long as the object lives. */
export function remember<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
	const known = new WeakMap<Key, { readonly value: Value }>();
	return (key) => {
		const answer = known.get(key) ?? { value: compute(key) };
		known.set(key, answer);
		return answer.value;
	};
}
