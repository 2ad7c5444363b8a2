import { prove } from './prove';

prove('roots of Debian', [
	{
		rewrite: 'debian-root-to-scratch',
		name: 'web-server',
		smaller: 0.4,
		start: { port: 80 },
		says: '<p>good morning</p>\n',
		packages: { manager: 'dpkg', listed: ['nginx-light', 'ca-certificates', 'base-files'] },
	},
	{
		rewrite: 'debian-root-to-scratch',
		name: 'entrypoint-script',
		smaller: 0.4,
		start: { args: ['sqlite3', 'data/notes.db', 'select 6 * 7'] },
		says: '42\n',
		packages: { manager: 'dpkg', listed: ['gosu', 'sqlite3', 'passwd'] },
	},
	{
		rewrite: 'debian-root-to-scratch',
		name: 'locale',
		smaller: 0.1,
		start: { args: ['python3', '-c', 'import locale, time; locale.setlocale(locale.LC_ALL, ""); print(time.strftime("%A %H", time.localtime(0)))'] },
		says: 'Donnerstag 01\n',
		packages: { manager: 'dpkg', listed: ['locales', 'python3', 'tzdata'] },
	},
	{
		rewrite: 'debian-root-to-scratch',
		name: 'real-python',
		smaller: 0.25,
		start: {},
		application: 'app.py',
		says: 'app True\n',
		packages: { manager: 'dpkg', listed: ['python3', 'ca-certificates'] },
	},
]);
