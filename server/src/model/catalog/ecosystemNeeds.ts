/** A package of npm or PyPI that needs more at run time than its language's runtime image has. */
export interface RuntimeNeed {
	/** Packages of Debian, under one name in every release. */
	readonly installs?: readonly string[];
	/** A program that it calls: it has to come from a package that the file installs, one of these. */
	readonly programs?: readonly string[];
	readonly source: string;
}

/** Packages of npm that link to libraries or call programs of the full Debian image. */
export const npmNeeds: Readonly<Record<string, RuntimeNeed>> = {
	'pg-native': { installs: ['libpq5'], source: 'its README: it binds to libpq' },
	libpq: { installs: ['libpq5'], source: 'its README: it binds to libpq' },
	kerberos: { installs: ['libgssapi-krb5-2'], source: 'its README: it needs libkrb5' },
	gm: { programs: ['graphicsmagick', 'imagemagick'], source: 'its README: it calls gm or convert' },
	imagemagick: { programs: ['imagemagick'], source: 'its README: it calls convert and identify' },
	'simple-git': { programs: ['git'], source: 'its README: it calls git' },
	nodegit: { programs: ['libgit2-dev'], source: 'its README: it links to libssl and libcurl of the system' },
	puppeteer: { programs: ['chromium', 'google-chrome-stable'], source: 'its README: it keeps its browser in ~/.cache, and that needs libraries' },
	playwright: { programs: ['chromium'], source: 'its README: it keeps its browsers in ~/.cache, and those need libraries' },
	cypress: { programs: ['xvfb'], source: 'its README: it keeps its program in ~/.cache, and that needs libraries' },
	'python-shell': { programs: ['python3'], source: 'its README: it calls python' },
	odbc: { programs: ['unixodbc', 'unixodbc-dev'], source: 'its README: it binds to unixODBC' },
};

/** Packages of PyPI that are compiled where they are installed and link to libraries of the full Debian image. */
export const pythonNeeds: Readonly<Record<string, RuntimeNeed>> = {
	psycopg2: { installs: ['libpq5'], source: 'its documentation: it has no wheels and links to libpq' },
	mysqlclient: { installs: ['libmariadb3'], source: 'its README: it has no wheels for Linux and links to the client library' },
	uwsgi: { installs: ['libxml2'], source: 'uwsgiconfig.py: XML by libxml2 where xml2-config is found' },
};

/** Packages of PyPI without compiled code, or whose compiled code links to nothing but the C library; source: their files on PyPI. */
export const purePython: ReadonlySet<string> = new Set(
	[
		'aiofiles aiohttp alembic amqp aniso8601 anyio apscheduler argon2-cffi arrow asgiref asyncpg attrs authlib autobahn babel bandit bcrypt beautifulsoup4 billiard black bleach blinker boto3 botocore',
		'bottle bs4 cachetools celery certifi cfgv chardet charset-normalizer cherrypy click colorama configparser coverage cssselect dash dateparser decorator defusedxml deprecated dj-database-url',
		'django django-allauth django-celery-beat django-cors-headers django-crispy-forms django-debug-toolbar django-environ django-extensions django-filter django-redis django-rest-framework',
		'django-storages djangorestframework djangorestframework-simplejwt dnspython docker docopt docutils drf-yasg email-validator eventlet falcon fastapi filelock flake8 flask flask-admin flask-bcrypt',
		'flask-caching flask-cors flask-jwt-extended flask-limiter flask-login flask-mail flask-marshmallow flask-migrate flask-restful flask-script flask-session flask-socketio flask-sqlalchemy flask-wtf',
		'frozenlist fsspec future gitdb google-api-core google-api-python-client google-auth google-cloud-core google-cloud-storage graphene gunicorn h11 httpcore httplib2 httptools httpx humanize',
		'hypercorn idna importlib-metadata influxdb iniconfig isodate isort itsdangerous jinja2 jmespath joblib jsonpickle jsonschema kombu limits loguru lxml-html-clean mako markdown markdown-it-py markupsafe',
		'marshmallow mkdocs mkdocs-material mock mongoengine motor more-itertools msgpack multidict mypy-extensions networkx nltk nose numpy oauthlib openai openpyxl orjson packaging paho-mqtt pandas paramiko passlib pathspec peewee',
		'pendulum pika plotly pluggy portalocker prometheus-client prompt-toolkit protobuf psutil psycopg2-binary pyasn1 pycodestyle pycparser pydantic pydantic-core pydantic-settings pyflakes pygments',
		'pyjwt pylint pymongo pymysql pyparsing pyrsistent pytest pytest-cov pytest-django python-dateutil python-decouple python-dotenv python-engineio python-jose python-json-logger python-multipart',
		'python-slugify python-socketio python-telegram-bot pytz redis requests requests-oauthlib responses retrying rich rsa ruamel.yaml s3transfer schedule scikit-learn scipy selenium sentry-sdk simplejson six',
		'slackclient slack-sdk smmap sniffio soupsieve sphinx sqlalchemy sqlparse starlette stripe structlog tabulate tenacity threadpoolctl tinydb toml tomli tornado tqdm tweepy twilio typer typing-extensions tzdata tzlocal',
		'ujson uritemplate urllib3 uvicorn uvloop vine waitress watchdog watchfiles wcwidth websocket-client websockets werkzeug whitenoise wrapt wtforms xmltodict yarl zipp',
	].flatMap((line) => line.split(' ')),
);

/** Packages of PyPI with compiled code whose wheels bring their libraries; without a wheel they link to what the full image has. Source: their files on PyPI. */
export const wheelPython: ReadonlySet<string> = new Set(
	'cryptography cffi gevent greenlet grpcio h5py lxml matplotlib pillow pynacl pyyaml pyzmq shapely tensorflow torch'.split(' '),
);

/** A name of PyPI as pip compares it. */
export function normalizedName(name: string): string {
	return name.toLowerCase().replace(/[-_.]+/g, '-');
}
