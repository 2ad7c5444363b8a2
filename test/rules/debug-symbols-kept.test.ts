import { describe, expect, it } from 'vitest';
import { type Context, loneFile } from '../../server/src/model/context/context';
import { debugSymbolsKept as rule } from '../../server/src/rules/debug-symbols-kept';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const ship = 'FROM scratch\nCOPY --from=b /app /app\nCMD ["/app"]\n';
const go = (line: string, rest = ship) => `FROM golang:1.22 AS b\nWORKDIR /src\nCOPY . .\nRUN ${line}\n${rest}`;
const c = (line: string) => `FROM gcc:13 AS b\nCOPY . /src\nWORKDIR /src\nRUN ${line}\n${ship}`;
const java = (line: string, image = 'eclipse-temurin:17-jdk') =>
	`FROM ${image} AS b\nRUN ${line}\nFROM debian:12-slim\nCOPY --from=b /jre /jre\nCMD ["/jre/bin/java", "-jar", "x.jar"]\n`;
const rust = (line: string, image = 'rust:1.80') =>
	`FROM ${image} AS b\nWORKDIR /src\nCOPY . .\nRUN ${line}\nFROM debian:12-slim\nCOPY --from=b /src/target/release/app /app\nCMD ["/app"]\n`;

function cargo(manifest: string | undefined): Context {
	const buildContext = {
		present: new Set<string>(),
		ignoreFiles: new Map(),
		fileName: 'Containerfile',
		manifests: new Map(manifest === undefined ? [] : [['Cargo.toml', manifest]]),
	};
	return { ...loneFile, buildContext };
}
const plain = cargo('[package]\nname = "app"\n');

describe('debug-symbols-kept', () => {
	it.each([
		go('«go build» -o /app .'),
		go('CGO_ENABLED=0 «go build» -o /app ./cmd/x'),
		go('cd cmd && «go build» -o ../../app main.go'),
		go('«go build»', 'FROM scratch\nCOPY --from=b /src/app /app\nCMD ["/app"]\n'),
		go('«go install» ./cmd/x', 'FROM scratch\nCOPY --from=b /go/bin/x /x\nCMD ["/x"]\n'),
		go('«go build» -ldflags="-X main.version=$VERSION" -o /app .'),
		go('«go build» -ldflags "-X main.version=$(git describe --tags) -extldflags -static" -o /app .'),
		go('«go build» -ldflags=-X=main.version=1 -o /app .'),
		'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN «go build» -o /app .\nCMD ["/app"]\n',
		c('«gcc» -g -O2 -o /app x.c'),
		c('«g++» -o /app x.cpp $(pkg-config --cflags --libs gtk)'),
		java('«jlink» --add-modules java.base --output /jre'),
		java('«jlink» --add-modules java.base --strip-debug --output /jre'),
		// Headers and archives in an image that compiles nothing.
		'FROM debian:12 AS b\nRUN make install\nFROM debian:12-slim\nCOPY --from=b «/usr/local/include» /usr/local/include\nCMD ["x"]\n',
		'FROM debian:12 AS b\nRUN make install\nFROM debian:12-slim\nCOPY --from=b «/usr/local/include/x/*.h» /usr/local/include/x/\nCMD ["x"]\n',
		'FROM debian:12 AS b\nRUN make install\nFROM debian:12-slim\nCOPY --from=b «/usr/include/x» /usr/include/x\nCMD ["x"]\n',
		'FROM debian:12 AS b\nRUN make install\nFROM debian:12-slim\nCOPY --from=b /usr/lib/libx.so «/usr/lib/libx.a» /usr/lib/\nCMD ["x"]\n',
	])('finds %j', (text) => {
		finds(rule, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it.each([
		go("go build -ldflags='-s -w' -o /app ."),
		go('go build -ldflags="-w -X a=b" -o /app .'),
		go('go build -ldflags "-X a=b -s" -o /app .'),
		go('go build "-ldflags=-s -w" -o /app .'),
		go('go build --ldflags="-s" -o /app .'),
		go('go build -ldflags="$LDFLAGS" -o /app .'),
		go('go build -ldflags="all=-X a=b" -o /app .'),
		go('go build -ldflags="-X a=b $FLAGS" -o /app .'),
		go('go build -ldflags="$(./flags)" -o /app .'),
		go('GOFLAGS=-ldflags=-w go build -o /app .'),
		go('GOFLAGS=$F go build -o /app .'),
		go('go build $ARGS -o /app .'),
		go('go build -o $OUT .'),
		go('go build -gcflags="all=-N -l" -o /app .'),
		go('go build -race -o /app .'),
		go('go build -buildmode=c-shared -o /app .'),
		go('go build ./...'),
		go('go build -o /tmp/x .'),
		go('go build -o /other .'),
		go('go test -c -o /app . && go vet ./... && go mod download'),
		go('go build -o /app . && strip /app'),
		go('go build -o /app . && upx /app'),
		go('go build -o /app . && install -s /app /usr/bin/'),
		go('go install github.com/go-delve/delve/cmd/dlv@latest && go build -o /app .'),
		go('["go", "build", "-o", "/app", "."]'),
		go('./build.sh'),
		go('make'),
		go('go build -o /app .', 'FROM scratch\nCOPY --from=b /etc/passwd /etc/passwd\nCMD ["/x"]\n'),
		// Nobody starts it: an image of tools.
		'FROM golang:1.22\nRUN go install example.com/x@latest\n',
		'FROM golang:1.22 AS debug\nRUN go build -o /app .\nCMD ["/app"]\n',
		'FROM golang:1.22\nRUN go build -o /app .\nCMD ["bash"]\n',
		go('go env -w GOFLAGS=-ldflags=-s && go build -o /app .'),
		go('go build -ldflags=-compressdwarf=false -o /app .'),
		go('go build -o /app . && go tool nm /app'),
		// Packages of which programs are made.
		'FROM golang:1.22\nRUN go install github.com/mattn/go-sqlite3\nCMD ["/x"]\n',
		'FROM golang:1.22\nRUN go install -a std\nCMD ["/x"]\n',
		'FROM golang:1.22\nRUN go install example.com/a example.com/b/c\nCMD ["/x"]\n',
		`FROM golang:1.22\nRUN go install -v example.com/tail && go install -ldflags='-s -w' example.com/tail/cmd/gotail\nCMD ["gotail"]\n`,
		// A stage that checks.
		'FROM golang:1.22 AS b\nRUN go build -o /out/gen .\nFROM alpine AS gen\nCOPY --from=b /out/gen /usr/bin/\nFROM gen AS validate\nRUN gen\n',
		c('gcc -s -o /app x.c'),
		c('gcc -Og -o /app x.c'),
		c('gcc -g -O0 -o /app x.c'),
		c('gcc -g3 -o /app x.c'),
		c('gcc -gdwarf-4 -o /app x.c'),
		c('gcc -fsyntax-only -o /app x.c'),
		c('gcc -nostdlib -T link.ld -o /app x.o'),
		c('arm-none-eabi-gcc -o /app x.c'),
		c('clang -target wasm32 -o /app x.c'),
		c('gcc -o /app x.c -lunwind'),
		'FROM gcc:13 AS b\nRUN gcc -fPIC -Wl,-soname,x.so -o /x.so x.c\nFROM debian\nCOPY --from=b /x.so /\nCMD ["/x"]\n',
		java('jlink --add-modules java.base,jdk.jdwp.agent --no-header-files --no-man-pages --output /jre'),
		c('gcc -Wl,-s -o /app x.c'),
		c('gcc -Wl,--strip-all,-O1 -o /app x.c'),
		c('gcc -c -o /app.o x.c'),
		c('gcc -shared -o /app x.c'),
		c('gcc -fsanitize=address -o /app x.c'),
		c('gcc $CFLAGS -o /app x.c'),
		c('gcc --version'),
		c('gcc -o /app x.c && /app && rm /app'),
		c('gcc -o /tmp/test x.c'),
		c('gcc -g -o /app x.c && gdb -batch /app'),
		java('jlink --add-modules java.base --strip-debug --no-header-files --no-man-pages --output /jre'),
		java('jlink --add-modules java.base -G --no-header-files --no-man-pages --compress=2 --output /jre'),
		java('jlink $OPTIONS --output /jre'),
		java('jlink --list-plugins'),
		// What Cargo.toml says is not known.
		rust('cargo build --release'),
		'FROM debian:12 AS b\nRUN make install\nFROM debian:12-slim\nCOPY --from=b /usr/local/lib /usr/local/lib\nCMD ["x"]\n',
		'FROM debian:12 AS b\nRUN make install\nFROM debian:12-slim\nCOPY --from=b /usr/local/include /usr/local/include\nRUN pip install x\nCMD ["x"]\n',
		'FROM debian:12 AS b\nRUN make install\nFROM gcc:13\nCOPY --from=b /usr/local/include /usr/local/include\nCMD ["x"]\n',
		'FROM debian:12 AS b\nRUN make install\nFROM acme/base\nCOPY --from=b /usr/local/include /usr/local/include\nCMD ["x"]\n',
		'FROM debian:12 AS b\nRUN make install\nFROM debian:12 AS c\nRUN apt-get install -y gcc\nFROM c\nCOPY --from=b /usr/local/include /usr/local/include\nCMD ["x"]\n',
		'FROM debian:12\nCOPY include /usr/local/include\nCMD ["x"]\n',
		'FROM golang:1.22-windowsservercore\nRUN go build -o /app .\nCMD ["/app"]\n',
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it.each([
		[go('go build -o /app .'), go("go build -ldflags='-s -w' -o /app .")],
		// -C has to stay the first.
		[go('go build -C cmd -o /app .'), go("go build -C cmd -ldflags='-s -w' -o /app .")],
		[go('go build -ldflags="-X main.v=$V" -o /app .'), go('go build -ldflags="-s -w -X main.v=$V" -o /app .')],
		[go(`go build -ldflags '-extldflags "-static"' -o /app .`), go(`go build -ldflags '-s -w -extldflags "-static"' -o /app .`)],
		[go('go build "-ldflags=-X main.v=1" -o /app .'), go('go build "-ldflags=-s -w -X main.v=1" -o /app .')],
		[go('go build \\\r\n    -o /app \\\r\n    .').replace(/\r?\n/g, '\r\n'), go("go build -ldflags='-s -w' \\\r\n    -o /app \\\r\n    .").replace(/\r?\n/g, '\r\n')],
		[go('go build -ldflags="" -o /app .'), go('go build -ldflags="-s -w" -o /app .')],
		[go("go build -ldflags ' -X a=b' -o /app ."), go("go build -ldflags '-s -w -X a=b' -o /app .")],
		[c('gcc -O2 -o /app x.c'), c('gcc -s -O2 -o /app x.c')],
		[c('gcc -g -o /app x.c'), c('gcc -s -o /app x.c')],
		[c('sh -c "gcc -O2 -g -o /app x.c"'), c('sh -c "gcc -O2 -s -o /app x.c"')],
		// Of modules that are not the JDK’s the lines in stack traces stay.
		[
			java('jlink --module-path "$JAVA_HOME/jmods:/mods" --add-modules app --launcher app=app --output /jre'),
			java('jlink --no-header-files --no-man-pages --compress=2 --module-path "$JAVA_HOME/jmods:/mods" --add-modules app --launcher app=app --output /jre'),
		],
		[
			java('jlink -p $JAVA_HOME/jmods --add-modules java.base --output /jre'),
			java('jlink --strip-java-debug-attributes --no-header-files --no-man-pages --compress=2 -p $JAVA_HOME/jmods --add-modules java.base --output /jre'),
		],
		[
			java('jlink --add-modules java.base --output /jre'),
			java('jlink --strip-java-debug-attributes --no-header-files --no-man-pages --compress=2 --add-modules java.base --output /jre'),
		],
		[
			java('jlink --compress=zip-9 --no-man-pages --add-modules java.base --output /jre', 'eclipse-temurin:21-jdk'),
			java('jlink --strip-java-debug-attributes --no-header-files --compress=zip-9 --no-man-pages --add-modules java.base --output /jre', 'eclipse-temurin:21-jdk'),
		],
		[
			java('jlink --add-modules java.base --output /jre', 'eclipse-temurin:25-jdk'),
			java('jlink --strip-java-debug-attributes --no-header-files --no-man-pages --compress=zip-6 --add-modules java.base --output /jre', 'eclipse-temurin:25-jdk'),
		],
		[
			java('jlink --add-modules java.base --output /jre', 'eclipse-temurin:11-jdk'),
			java('jlink --strip-debug --no-header-files --no-man-pages --compress=2 --add-modules java.base --output /jre', 'eclipse-temurin:11-jdk'),
		],
	])('repairs %j', (before, after) => {
		fixes(rule, before, after, 'suggested');
		silent(rule, after);
		expect(checkLaws(before)).toEqual([]);
	});

	it.each([go('go build -ldflags=-X=main.version=1 -o /app .'), java('jlink --add-modules java.base --output /jre', 'quay.io/acme/jdk')])('offers no repair for %j', (text) => {
		unfixable(rule, text);
	});

	it('strips what cargo builds where Cargo.toml does not', () => {
		fixes(rule, rust('cargo build --release'), rust('cargo build --config profile.release.strip=true --release'), 'suggested', plain);
		// Builds of one stage share what they compiled.
		fixes(
			rule,
			rust('cargo build --release && touch src/main.rs && cargo build --release --locked'),
			rust('cargo build --config profile.release.strip=true --release && touch src/main.rs && cargo build --config profile.release.strip=true --release --locked'),
			'suggested',
			plain,
		);
		unfixable(rule, rust('cargo build --release', 'rust:1.62'), plain);
		unfixable(rule, rust('cargo build --release', 'quay.io/acme/rust'), plain);
	});

	it.each([
		[rust('cargo build --release'), cargo('[package]\n[profile.release]\nstrip = true\n')],
		[rust('cargo build --release'), cargo('[package]\n[profile.release]\ndebug = 1\n')],
		[rust('cargo build --release'), cargo('[workspace]\nmembers = ["a"]\n')],
		[rust('cargo build'), plain],
		[rust('cargo build --profile dist'), plain],
		[rust('RUSTFLAGS="-C strip=symbols" cargo build --release'), plain],
		[rust('cargo build --release && strip target/release/app'), plain],
		[rust('cargo build --release').replace('CMD', 'ENV RUST_BACKTRACE=1\nCMD'), plain],
		[rust('cargo install ripgrep'), plain],
	])('says nothing of %j', (text, where) => {
		silent(rule, text, where);
	});

	it('gives a number for a runtime that has everything', () => {
		expect(finds(rule, java('«jlink» --add-modules java.se --output /jre'))[0]?.saves?.atLeast).toBe(17_000_000);
		expect(finds(rule, java('«jlink» --add-modules ALL-MODULE-PATH --output /jre'))[0]?.saves).toBeUndefined();
	});
});
