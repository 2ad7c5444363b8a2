import { describe, expect, it } from 'vitest';
import { bytecodeShipped as rule } from '../../server/src/rules/bytecode-shipped';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const start = 'CMD ["python", "/x.py"]\n';

describe('bytecode-shipped', () => {
	it.each([
		`FROM python:3.12\nRUN «pip install» pandas\n${start}`,
		`FROM python:3.12\nRUN «pip3 install» --no-cache-dir "Django==5.0" requests\n${start}`,
		// The variable is about what Python writes when it imports.
		`FROM python:3.12\nENV PYTHONDONTWRITEBYTECODE=1\nRUN python -m «pip install» scikit_learn\n${start}`,
		'FROM python:3.12 AS build\nRUN python -m venv /venv && «/venv/bin/pip install» -q sympy\nFROM python:3.12-slim\nCOPY --from=build /venv /venv\nCMD ["/venv/bin/python", "/x.py"]\n',
	])('finds %j', (text) => {
		finds(rule, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it.each([
		`FROM python:3.12\nRUN pip install --no-compile pandas\n${start}`,
		`FROM python:3.12-windowsservercore\nRUN pip install pandas\n${start}`,
		`FROM python:3.12\nRUN pip install --compile pandas\n${start}`,
		`FROM python:3.12\nENV PIP_NO_COMPILE=1\nRUN pip install pandas\n${start}`,
		`FROM python:3.12\nRUN pip install requests flask\n${start}`,
		`FROM python:3.12\nRUN pip install -r requirements.txt\n${start}`,
		`FROM python:3.12\nRUN pip install $PACKAGES\n${start}`,
		`FROM python:3.12\nRUN pip install constructor toString\n${start}`,
		`FROM python:3.12\nRUN pip download pandas\n${start}`,
		`FROM python:3.12\nRUN pip install pandas && find / -name __pycache__ -exec rm -rf {} +\n${start}`,
		`FROM python:3.12\nRUN pip install pandas && find / -name '*.pyc' -delete\n${start}`,
		`FROM python:3.12\nRUN pip install pandas && python -m compileall /x\n${start}`,
		// Nobody says what it is for, or somebody works in it.
		'FROM python:3.12\nRUN pip install pandas\n',
		'FROM python:3.12\nRUN pip install pandas\nCMD ["jupyter-lab"]\n',
		'FROM python:3.12\nRUN pip install pandas\nCMD bash\n',
		// Each start of a function is a cold one.
		'FROM public.ecr.aws/lambda/python:3.12\nRUN pip install pandas\nCMD ["app.handler"]\n',
		'FROM python:3.12\nRUN pip install pandas awslambdaric\nENTRYPOINT ["python", "-m", "awslambdaric"]\nCMD ["app.handler"]\n',
		'FROM python:3.12\nRUN pip install pandas\nCMD ["/start-notebook.sh"]\n',
		'FROM python:3.12 AS test\nRUN pip install pandas\nFROM python:3.12\nCOPY x.py /\nCMD ["python", "/x.py"]\n',
		`FROM python:3.12\nRUN conda install pandas && uv pip install numpy\n${start}`,
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it('adds the option', () => {
		fixes(rule, `FROM python:3.12\r\nRUN pip install \\\r\n  pandas\r\n${start}`, `FROM python:3.12\r\nRUN pip install --no-compile \\\r\n  pandas\r\n${start}`, 'suggested');
	});

	it.each([
		`FROM debian:7\nRUN pip install pandas\n${start}`,
		`FROM python:3.12\nRUN ["pip", "install", "pandas"]\n${start}`,
		`FROM python:3.12\nRUN xargs pip install pandas < x\n${start}`,
	])('offers no repair for %j', (text) => {
		unfixable(rule, text);
	});

	it('has a number only for packages that were weighed', () => {
		const [weighed] = finds(rule, `FROM python:3.12\nRUN «pip install» pandas torch\n${start}`);
		expect(weighed?.saves?.of).toBe('bytecode of pandas');
		expect(weighed?.saves?.source).toContain('pandas 3.0.6');
		expect(finds(rule, `FROM python:3.12\nRUN «pip install» torch\n${start}`)[0]?.saves).toBeUndefined();
	});
});
