import { describe, expect, it } from 'vitest';
import { cleanedTooLate } from '../../server/src/rules/cleaned-too-late';
import { packageCacheKept as rule } from '../../server/src/rules/package-cache-kept';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

describe('caches of languages’ package managers are found', () => {
	it.each([
		'FROM python:3.12\nRUN «pipenv install» --system --deploy\n',
		'FROM python:3.12\nRUN «poetry install» --only main\n',
		'FROM python:3.12\nENV UV_LINK_MODE=copy\nRUN «uv sync» --frozen\n',
		'FROM python:3.12\nRUN «uv pip install» --link-mode=copy -r requirements.txt\n',
		'FROM continuumio/miniconda3\nRUN «conda install» -y numpy\n',
		'FROM continuumio/miniconda3\nRUN «conda env create» -f environment.yml\n',
		'FROM mambaorg/micromamba\nRUN «micromamba install» -y -n base -f env.yaml\n',
		'FROM ruby:3.3\nRUN «gem install» rails\n',
		'FROM ruby:3.3\nRUN «bundle install» --jobs 4\n',
		'FROM ruby:3.3\nRUN «bundle»\n',
		'FROM php:8.3\nRUN «composer install» --no-dev\n',
		'FROM php:8.3\nRUN «composer global require» drush/drush\n',
		'FROM golang:1.22\nCOPY . .\nRUN «go build» -o /app .\nCMD ["/app"]\n',
		'FROM rust:1.80\nCOPY . .\nRUN «cargo install» --locked ripgrep\nENTRYPOINT ["rg"]\n',
		'FROM maven:3.9-eclipse-temurin-21\nCOPY . .\nRUN «mvn» -B clean package\nCMD ["java", "-jar", "target/app.jar"]\n',
		'FROM gradle:8\nCOPY . .\nRUN «./gradlew» build\nENTRYPOINT ["java", "-jar", "build/libs/app.jar"]\n',
		'FROM gradle:8\nVOLUME /tmp\nCOPY . .\nRUN «gradle» build\nENTRYPOINT ["tini", "--", "java", "-jar", "build/libs/app.jar"]\n',
		'FROM mcr.microsoft.com/dotnet/sdk:8.0\nRUN «dotnet restore»\n',
		'FROM rocker/r-ver:4.3\nRUN «install2.r» --error dplyr\n',
		'FROM perl:5.38\nRUN «cpanm» Mojolicious\n',
		'FROM perl:5.38\nRUN «cpan» Mojolicious\n',
		// What is removed is not the cache.
		'FROM ruby:3.3\nRUN «gem install» rails && gem cleanup\n',
		'FROM ruby:3.3\nRUN «bundle install» && bundle clean --force\n',
		'FROM rust:1.80\nCOPY . .\nRUN «cargo build» --release && cp target/release/app / && cargo clean\nCMD ["/app"]\n',
		'FROM python:3.12\nRUN «poetry install» && rm -rf ~/.cache/pypoetry/virtualenvs/x\n',
	])('%j', (marked) => {
		finds(rule, marked);
	});
});

describe('a message names the place of a cache', () => {
	it.each([
		['FROM node:22\nRUN «yarn install»\n', '/usr/local/share/.cache'],
		['FROM node:22\nUSER node\nRUN «yarn install»\n', '~/.cache/yarn'],
		['FROM node:22\nUSER 1000:1000\nRUN «yarn install»\n', '~/.cache/yarn'],
		['FROM node:22\nUSER 0\nRUN «yarn install»\n', '/usr/local/share/.cache'],
		['FROM node:22\nUSER node\nRUN sudo «yarn install»\n', '/usr/local/share/.cache'],
		['FROM node:22\nARG ID\nUSER $ID\nRUN «yarn install»\n', '/usr/local/share/.cache'],
		['FROM rust:1\nRUN «cargo install» x\nCMD x\n', '/usr/local/cargo/registry'],
		['FROM debian:12\nRUN «cargo install» x\nCMD x\n', '~/.cargo/registry'],
		['FROM debian:12\nENV CARGO_HOME=/opt/cargo\nRUN «cargo install» x\nCMD x\n', '/opt/cargo/registry'],
		['FROM debian:12\nARG CARGO_HOME\nRUN «cargo install» x\nCMD x\n', '$CARGO_HOME/registry'],
		['FROM acme/rust\nRUN «cargo install» x\nCMD x\n', '$CARGO_HOME/registry'],
		['FROM golang:1.22\nENV GOPATH=/a:/b\nCOPY go.mod main.go ./\nRUN «go build» -o /app .\nCMD ["/app"]\n', '~/.cache/go-build, /a/pkg/mod'],
	])('%j', (marked, place) => {
		expect(finds(rule, marked).map(({ message }) => /\((.*?)\)/.exec(message)?.[1])).toEqual([place]);
	});
});

describe('caches of languages’ package managers: silent', () => {
	it.each([
		'FROM alpine\nRUN apk add --no-cache py3-pip && pip install flask && rm -rf /root/.[acpw]*\n',
		'FROM python:3.12\nRUN pip install flask && xinfo python --cleanup\n',
		// pip takes an option that is cut off, where it means one alone.
		'FROM python:3.12\nRUN pip install --no-cache -r requirements.txt\n',
		'FROM python:3.12\nRUN pipenv install --system && rm -rf ~/.cache/pipenv\n',
		'FROM python:3.12\nENV PIP_NO_CACHE_DIR=1\nRUN pipenv install --system\n',
		'FROM python:3.12\nRUN poetry install --no-cache\n',
		'FROM python:3.12\nENV POETRY_CACHE_DIR=/tmp/poetry\nRUN poetry install\n',
		'FROM python:3.12\nRUN poetry install && poetry cache clear --all -n pypi\n',
		'FROM python:3.12\nRUN poetry install && rm -rf ~/.cache/pypoetry/cache\n',
		'FROM python:3.12\nRUN poetry run python x.py\n',
		// Linked from the cache: a layer has the files once.
		'FROM python:3.12\nRUN uv sync --frozen\n',
		'FROM python:3.12\nRUN uv pip install --system flask\n',
		'FROM python:3.12\nENV UV_LINK_MODE=copy UV_NO_CACHE=1\nRUN uv sync\n',
		'FROM python:3.12\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/root/.cache/uv uv sync\n',
		'FROM continuumio/miniconda3\nRUN conda install -y numpy && conda clean -afy\n',
		'FROM continuumio/miniconda3\nRUN mamba install -y numpy && conda clean --all --yes\n',
		'FROM quay.io/acme/base\nRUN /opt/miniforge/bin/conda install -y numpy && rm -rf /opt/miniforge/pkgs\n',
		'FROM quay.io/acme/base\nRUN --mount=type=cache,target=/opt/miniforge/pkgs conda install -y numpy\n',
		'FROM ruby:3.3\nRUN gem install rails && rm -rf /usr/local/bundle/cache/*.gem\n',
		'FROM ruby:3.3\nRUN bundle install && rm -rf "$GEM_HOME/cache"\n',
		'FROM debian:12\nRUN gem install rails && rm -rf /var/lib/gems/3.1.0/cache/*\n',
		'FROM ruby:3.3-alpine\nRUN gem install rails && rm -rf /usr/lib/ruby/gems/*/cache/*.gem\n',
		'FROM ruby:3.3\nRUN gem install --local ./x.gem\n',
		'FROM ruby:3.3\nRUN bundle config set path vendor/bundle && bundle install\n',
		'FROM ruby:3.3\nRUN bundle exec rake assets:precompile\n',
		'FROM php:8.3\nRUN composer install --no-dev && composer clear-cache\n',
		'FROM php:8.3\nRUN composer install --no-dev --no-cache\n',
		'FROM php:8.3\nENV COMPOSER_CACHE_DIR=/dev/null\nRUN composer install\n',
		'FROM php:8.3\nRUN composer install && rm -rf /root/.composer\n',
		'FROM php:8.3\nRUN composer dump-autoload\n',
		'FROM mcr.microsoft.com/dotnet/sdk:8.0\nRUN dotnet restore && dotnet nuget locals all --clear\n',
		'FROM mcr.microsoft.com/dotnet/sdk:8.0\nRUN dotnet build --no-restore\n',
		'FROM rocker/r-ver:4.3\nRUN install2.r dplyr && rm -rf /tmp/downloaded_packages/ /tmp/*.rds\n',
		// R removes its temporary folder itself.
		'FROM rocker/r-ver:4.3\nRUN Rscript -e \'install.packages("dplyr")\'\n',
		'FROM perl:5.38\nRUN cpanm Mojolicious && rm -fr ~/.cpanm\n',
		'FROM perl:5.38\nRUN cpan Mojolicious && rm -rf /root/.cpan* /tmp/*\n',
		'FROM perl:5.38\nRUN cpanm --version\n',
		// What corepack starts is named in package.json.
		'FROM node:22\nRUN corepack enable && yarn install --immutable\n',
		'FROM node:22\nRUN corepack enable\nRUN yarn install\n',
	])('%j', (text) => {
		silent(rule, text);
	});
});

describe('a build tool’s cache is left alone where somebody may live on it', () => {
	it.each([
		// A builder stage.
		'FROM golang:1.22 AS b\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=b /app /app\nCMD ["/app"]\n',
		'FROM maven:3.9-eclipse-temurin-21 AS b\nCOPY . .\nRUN mvn package\nFROM eclipse-temurin:21-jre\nCOPY --from=b target/app.jar /\nCMD ["java", "-jar", "/app.jar"]\n',
		// The program is started by the tool.
		'FROM maven:3.9-eclipse-temurin-21\nCOPY . .\nRUN mvn package\nCMD mvn spring-boot:run\n',
		'FROM maven:3.9-eclipse-temurin-21\nCOPY . .\nRUN mvn package\nCMD ["./mvnw", "exec:java"]\n',
		'FROM gradle:8\nCOPY . .\nRUN gradle build\nCMD ["gradle", "bootRun"]\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build ./...\nCMD ["go", "run", "main.go"]\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build ./...\nCMD ["air"]\n',
		'FROM rust:1.80\nCOPY . .\nRUN cargo build\nCMD ["cargo", "run"]\n',
		'FROM rust:1.80\nCOPY . .\nRUN cargo build\nENTRYPOINT cargo run\n',
		'FROM rust:1.80\nCOPY . .\nRUN cargo build\nHEALTHCHECK CMD cargo test\nCMD ["target/debug/app"]\n',
		// What is started, or runs later, is not in the file.
		'FROM golang:1.22\nCOPY . .\nRUN go build ./...\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build ./...\nCMD ["./start.sh"]\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build ./...\nCMD ["make", "run"]\n',
		"FROM golang:1.22\nCOPY . .\nRUN go build ./...\nCMD ['/bin/bash', '/start.sh']\n",
		'FROM golang:1.22\nCOPY . .\nRUN go build ./...\nENTRYPOINT ["/usr/bin/tini", "--"]\nCMD ["make", "run"]\n',
		'FROM gradle:8\nVOLUME /home/gradle/.gradle\nCOPY . .\nRUN gradle build\nCMD ["java", "-jar", "build/libs/app.jar"]\n',
		'FROM golang:1.22\nCOPY docker-entrypoint /usr/local/bin/\nRUN go install example.org/x@v1\nENTRYPOINT ["docker-entrypoint"]\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build -o /app .\nRUN ./test.sh\nCMD ["/app"]\n',
		'FROM rust:1.80\nCOPY . .\nRUN cargo build\nCMD ["sh", "-c", "target/debug/app"]\n',
		'FROM corp/x\nONBUILD RUN pip install -r requirements.txt\n',
		'FROM rust:1.80\nCOPY . .\nRUN cargo build\nONBUILD RUN cargo build\nCMD ["target/debug/app"]\n',
		// Another RUN fetched it, or works with it.
		'FROM golang:1.22\nCOPY go.mod .\nRUN go mod download\nCOPY . .\nRUN go vet ./... && true\nRUN go build -o /app .\nCMD ["/app"]\n',
		'FROM maven:3.9-eclipse-temurin-21\nCOPY pom.xml .\nRUN mvn dependency:go-offline\nCOPY . .\nRUN mvn -o package\nCMD ["java", "-jar", "target/app.jar"]\n',
		// Of the time before modules.
		'FROM golang:1.8\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build -mod=vendor -o /app .\nCMD ["/app"]\n',
		// The repository is elsewhere.
		'FROM maven:3.9-eclipse-temurin-21\nCOPY . .\nRUN mvn -Dmaven.repo.local=/tmp/m2 package\nCMD ["java", "-jar", "target/app.jar"]\n',
		'FROM maven:3.9-eclipse-temurin-21\nCOPY . .\nRUN mvn -s /usr/share/maven/ref/settings-docker.xml package\nCMD ["java", "-jar", "target/app.jar"]\n',
		'FROM gradle:8\nENV GRADLE_USER_HOME=/cache\nCOPY . .\nRUN gradle build\nCMD ["java", "-jar", "build/libs/app.jar"]\n',
		'FROM maven:3.9-eclipse-temurin-21\nRUN mvn --version\nCMD ["java", "-version"]\n',
		'FROM gradle:8\nCOPY . .\nRUN gradle build && rm -rf ~/.gradle\nCMD ["java", "-jar", "build/libs/app.jar"]\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build -o /app . && go clean -cache -modcache\nCMD ["/app"]\n',
		'FROM rust:1.80\nCOPY . .\nRUN --mount=type=cache,target=/usr/local/cargo/registry/index --mount=type=cache,target=/usr/local/cargo/registry/cache cargo build --release\nCMD ["target/release/app"]\n',
		// What `dotnet build` made is run from the packages.
		'FROM mcr.microsoft.com/dotnet/sdk:8.0\nRUN --mount=type=cache,target=/root/.local/share/NuGet dotnet build\nCMD ["dotnet", "bin/Debug/net8.0/app.dll"]\n',
	])('%j', (text) => {
		silent(rule, text);
	});
});

describe('caches of languages’ package managers are repaired', () => {
	it.each([
		['python:3.12', 'pipenv install --system', ' && rm -rf ~/.cache/pipenv'],
		['python:3.12', 'poetry install', ' && rm -rf ~/.cache/pypoetry/cache ~/.cache/pypoetry/artifacts'],
		['continuumio/miniconda3', 'conda install -y numpy', ' && conda clean -ay'],
		['quay.io/acme/base', '/opt/anaconda/bin/conda install -y numpy', ' && /opt/anaconda/bin/conda clean -ay'],
		['ruby:3.3', 'gem install rails', ' && rm -rf "$(gem env gemdir)"/cache/*.gem'],
		['ruby:3.3', 'bundle install', ' && rm -rf ~/.bundle/cache "$(gem env gemdir)"/cache/*.gem'],
		['php:8.3', 'composer install --no-dev', ' && rm -rf ~/.composer/cache ~/.cache/composer'],
		['mcr.microsoft.com/dotnet/sdk:8.0', 'dotnet restore', ' && rm -rf ~/.local/share/NuGet/v3-cache ~/.local/share/NuGet/http-cache'],
		['rocker/r-ver:4.3', 'install2.r dplyr', ' && rm -rf /tmp/downloaded_packages'],
		['perl:5.38', 'cpanm Mojolicious', ' && rm -rf ~/.cpanm'],
		['perl:5.38', 'cpan Mojolicious', ' && rm -rf ~/.cpan/build ~/.cpan/sources'],
	])('%s: %s', (base, command, more) => {
		const text = `FROM ${base}\nRUN ${command}\n`;
		fixes(rule, text, `FROM ${base}\nRUN ${command}${more}\n`, 'safe');
		expect(checkLaws(text)).toEqual([]);
	});

	it.each([
		['golang:1.22', 'go build -o /app main.go', ' && go clean -cache', 'safe'],
		['golang:1.22', 'go install example.org/app@v1.2.3', ' && go clean -cache -modcache', 'suggested'],
		['rust:1.80', 'cargo build --release', ' && rm -rf /usr/local/cargo/registry /usr/local/cargo/git', 'safe'],
		['debian:12', 'cargo build --release', ' && rm -rf ~/.cargo/registry ~/.cargo/git', 'safe'],
		['maven:3.9-eclipse-temurin-21', 'mvn package', ' && rm -rf ~/.m2/repository ~/.m2/wrapper', 'suggested'],
	] as const)('%s: %s', (base, command, more, applicability) => {
		const text = (run: string) => `FROM ${base}\nRUN ${run}\nCMD ["/app"]\n`;
		fixes(rule, text(command), text(command + more), applicability);
		expect(checkLaws(text(command))).toEqual([]);
	});

	it('with the option that there is', () => {
		fixes(rule, 'FROM python:3.12\nENV UV_LINK_MODE=copy\nRUN uv sync\n', 'FROM python:3.12\nENV UV_LINK_MODE=copy\nRUN uv sync --no-cache\n', 'safe');
	});

	it.each([
		// Whose home it is, nobody knows.
		'FROM perl:5.38\nRUN sudo cpanm Mojolicious\n',
		// The program may be gone, or its path lead elsewhere.
		'FROM debian:12\nRUN gem install rails && apt-get purge -y gem\n',
		'FROM quay.io/acme/base\nRUN cd /x && ./bin/conda install -y numpy\n',
		'FROM quay.io/acme/base\nRUN /opt/ruby/bin/gem install rails\n'.replace('/opt/ruby/bin/gem install rails', '../ruby/bin/gem install rails'),
		'FROM ruby:3.3\nRUN bundle install\nRUN bundle install --local\n',
	])('not %j', (text) => {
		unfixable(rule, text);
	});

	it('says how much it matters', () => {
		expect(finds(rule, 'FROM ruby:3.3\nRUN «gem install» rails\n')[0]?.severity).toBe('info');
		expect(finds(rule, 'FROM ruby:3.3\nRUN «bundle install»\n')[0]?.severity).toBeUndefined();
	});
});

describe('cleaned-too-late knows them too', () => {
	it.each([
		'FROM continuumio/miniconda3\nRUN conda install -y numpy\nRUN «conda clean -afy»\n',
		'FROM perl:5.38\nRUN cpanm Mojolicious\nRUN «rm -rf ~/.cpanm»\n',
		'FROM maven:3.9-eclipse-temurin-21\nRUN mvn package\nRUN «rm -rf ~/.m2/repository»\nCMD mvn exec:java\n',
		'FROM php:8.3\nRUN composer install\nRUN «composer clear-cache»\n',
	])('%j', (marked) => {
		finds(cleanedTooLate, marked);
	});
});

describe('package-cache-kept, where next to nothing is downloaded', () => {
	it.each([
		'FROM node:22-slim\nRUN npm i -g yarn\n',
		'FROM node:22-slim\nRUN npm install --global yarn@v1.22.22 n\n',
		'FROM python:3.12-slim\nRUN pip install --upgrade pip\n',
		"FROM python:3.12-slim\nRUN pip install -U 'setuptools>=40' wheel==0.37.0\n",
		'FROM ruby:3.3-slim\nRUN gem install bundler -v 2.5.6\n',
		'FROM python:3.12-slim\nRUN pip install --upgrade pip && pip install pip\n',
		'FROM python:3.12-slim\nRUN pip install --no-cache-dir -r requirements.txt && pip install --upgrade setuptools && pip install wheel\n',
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it.each(['FROM python:3.12-slim\nRUN «pip install» --upgrade pip setuptools wheel\n', 'FROM node:22-slim\nRUN «npm install» -g npm\n'])('gives a hint on %j', (text) => {
		expect(finds(rule, text)[0]?.severity).toBe('hint');
	});

	it.each([
		'FROM python:3.12-slim\nRUN «pip install» --upgrade pip && pip install -r requirements.txt\n',
		'FROM python:3.12-slim\nRUN «pip install» pip numpy\n',
		'FROM python:3.12-slim\nRUN «pip install» requests[socks]\n',
		'FROM python:3.12-slim\nRUN «pip install» pip $MORE\n',
		'FROM python:3.12-slim\nRUN «pip install» pip -r more.txt\n',
		'FROM python:3.12-slim\nRUN «pip install» ./wheel\n',
		'FROM node:22-slim\nRUN «npm i» -g yarn && npm ci\n',
		'FROM node:22-slim\nRUN «npm i» -g acme/yarn\n',
		'FROM node:22-slim\nRUN «npm i» -g @acme/yarn\n',
	])('warns as ever on %j', (text) => {
		expect(finds(rule, text)[0]?.severity).toBeUndefined();
	});
});
