import { describe, expect, test } from 'vitest';
import { builtIns, scopesAt, tokenizer } from './tokens';

const keyword = 'keyword.other.special-method.dockerfile';
const text = 'string.unquoted.heredoc.dockerfile';
const script = 'meta.embedded.block.shell';
const token = 'keyword.control.heredoc-token.shell';

describe.each(builtIns())('here-documents, on the grammars of $name', async (builtIn) => {
	const tokens = await tokenizer(builtIn);

	/** First line, body, closing line; `RUN fake` in the body must stay body. */
	const cases: readonly (readonly [opening: string, body: string, closing: string, scope: string])[] = [
		['RUN <<EOF', 'RUN fake "', 'EOF', script],
		['RUN <<-EOF', "\tRUN fake '", '\tEOF', script],
		["RUN <<'EOF'", 'RUN fake $(', 'EOF', script],
		['RUN <<"EOF"', 'RUN fake (', 'EOF', script],
		['RUN --mount=type=cache,target=/x <<EOF', 'RUN fake', 'EOF', script],
		['RUN <<EOF bash -e', 'RUN fake', 'EOF', script],
		['RUN bash -eux <<EOF', 'RUN fake', 'EOF', script],
		['RUN /bin/sh -o pipefail <<EOF', 'RUN fake', 'EOF', script],
		['ONBUILD RUN <<EOF', 'RUN fake', 'EOF', script],
		['RUN <<EOF', '#!/bin/bash -e\nRUN fake "', 'EOF', script],
		['RUN <<EOF', '#!/usr/bin/env python3\nRUN fake """', 'EOF', text],
		['RUN python3 <<EOF', 'RUN fake "', 'EOF', text],
		['RUN <<EOF python3', 'RUN fake "', 'EOF', text],
		['RUN cat <<\'EOF\' > /x && make "y"', "RUN fake '", 'EOF', text],
		['RUN cat << EOF > /x', 'RUN fake', 'EOF', text],
		['RUN make && cat <<EOF | tee /x', 'RUN fake', 'EOF', text],
		['RUN make && \\\n  cat <<EOF > /x && \\\n  top', 'RUN fake', 'EOF', text],
		['RUN \\\n<<EOF', 'RUN fake', 'EOF', script],
		['COPY <<EOF /x', 'RUN fake "', 'EOF', text],
		['COPY --chmod=644 <<-"EOF" "/x y"', '\tRUN fake', '\t\tEOF', text],
		['ADD <<a.txt /x', 'RUN fake', 'a.txt', text],
		['COPY <<one <<-two /x/', "RUN fake\none\nit's", '\ttwo', text],
		['RUN cat <<A <<B', 'RUN fake\nA\n"', 'B', text],
		['RUN <<EOF', ' EOF\nRUN fake\n\tEOF\nEOF ', 'EOF', script],
	];

	test.each(cases)('%s', (opening, body, closing, scope) => {
		const found = tokens(`${opening}\n${body}\n${closing}\nUSER app`);
		const last = found.lines.length;
		const fake =
			found.lines.findIndex((line) =>
				line
					.map((each) => each.text)
					.join('')
					.trim()
					.startsWith('RUN fake'),
			) + 1;
		expect(scopesAt(found, fake, 'RUN')).toContain(scope);
		expect(scopesAt(found, fake, 'RUN')).not.toContain(keyword);
		expect(scopesAt(found, last - 1, closing.trim())).toContain(token);
		expect(found.depths.slice(-2)).toEqual([1, 1]);
		expect(scopesAt(found, last, 'USER')).toContain(keyword);
	});

	test.each([
		'RUN echo "see <<EOF here"',
		"RUN echo 'a <<EOF'",
		'RUN cat <<< EOF',
		'RUN echo $((1<<2)) $((A << B))',
		'RUN echo a<<b',
		'RUN echo "$(echo <<EOF)"',
		'ENV A=<<EOF',
		'COPY a<<b /x',
	])('%s opens none', (line) => {
		const found = tokens(`${line}\nUSER app`);
		expect(found.depths).toEqual([1, 1]);
		expect(scopesAt(found, 2, 'USER')).toContain(keyword);
	});

	test('what follows the operator on its line is shell', () => {
		const found = tokens('RUN cat <<EOF > /x && make "y"\nbody\nEOF');
		expect(scopesAt(found, 1, 'EOF')).toContain(token);
		expect(scopesAt(found, 1, '/x')).toContain('string.unquoted.argument.shell');
		expect(scopesAt(found, 1, 'make')).toContain('entity.name.function.call.shell');
		expect(scopesAt(found, 1, 'y')).toContain('string.quoted.double.shell');
	});
});
