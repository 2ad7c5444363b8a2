/** What podman 4.3.1 of Debian 12 wrote, hosts' own facts left out. */
export const podman43 = {
	version:
		'{"Client":{"APIVersion":"4.3.1","Version":"4.3.1","GoVersion":"go1.19.8","GitCommit":"","BuiltTime":"Thu Jan  1 00:00:00 1970","Built":0,"OsArch":"linux/amd64","Os":"linux"}}\n',
	versionRemote:
		'{"Client":{"APIVersion":"4.3.1","Version":"4.3.1","GoVersion":"go1.19.8","GitCommit":"","BuiltTime":"Thu Jan  1 00:00:00 1970","Built":0,"OsArch":"linux/amd64","Os":"linux"},"Server":{"APIVersion":"4.3.1","Version":"4.3.1","GoVersion":"go1.19.8","GitCommit":"","BuiltTime":"Thu Jan  1 00:00:00 1970","Built":0,"OsArch":"linux/amd64","Os":"linux"}}\n',
	info: `{
  "host": {
    "arch": "amd64",
    "buildahVersion": "1.28.2",
    "os": "linux",
    "remoteSocket": {
      "path": "/run/podman/podman.sock"
    },
    "serviceIsRemote": false
  },
  "store": {
    "graphDriverName": "overlay"
  },
  "version": {
    "APIVersion": "4.3.1",
    "Version": "4.3.1",
    "OsArch": "linux/amd64",
    "Os": "linux"
  }
}
`,
	connections: `[
    {
        "Name": "a",
        "URI": "unix:///nowhere.sock",
        "Identity": "",
        "IsMachine": false,
        "Default": true
    }
]
`,
} as const;

/** What podman 4.3.1 wrote to standard error when the thing was brought about. */
export const complaints = {
	noTarget: 'Error: The target "nope" was not found in the provided Dockerfile\n',
	noFrom: 'Error: no FROM statement found\n',
	emptyFrom:
		'time="2026-11-21T10:11:00Z" level=warning msg="missing \\"B\\" build argument. Try adding \\"--build-arg B=<VALUE>\\" to the command line"\nError: determining starting point for build: no FROM statement found\n',
	emptyFile: 'Error: no contents in "/src/Containerfile"\n',
	noStage: 'Error: COPY --from=zzz: no stage or image found with that name\n',
	noInstruction:
		'Error: building at STEP "FOO ": Build error: Unknown instruction: "FOO" &imagebuilder.Step{Env:[]string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}, Command:"foo", Args:[]string{""}, Flags:[]string{}, Attrs:map[string]bool(nil), Message:"FOO ", Original:"FOO bar"}\n',
	noSocket: `Cannot connect to Podman. Please verify your connection to the Linux system using \`podman system connection list\`, or try \`podman machine init\` and \`podman machine start\` to manage a new Linux VM
Error: unable to connect to Podman socket: Get "http://d/v4.3.1/libpod/_ping": dial unix /nowhere.sock: connect: no such file or directory
`,
	noRights: `Cannot connect to Podman. Please verify your connection to the Linux system using \`podman system connection list\`, or try \`podman machine init\` and \`podman machine start\` to manage a new Linux VM
Error: unable to connect to Podman socket: Get "http://d/v4.3.1/libpod/_ping": dial unix /tmp/sock/p.sock: connect: permission denied
`,
	noSsh: 'Error: failed to connect: dial tcp 127.0.0.1:2: connect: connection refused\n',
	noConnection: 'Error: failed to resolve active destination: "nope" service destination not found\n',
	refusedPush: `Getting image list signatures
Copying 1 of 1 images in list
Copying image sha256:6aeb59ab2bce389260a4b25120d2b5623ea4f3510e24c9710aa3ff338752ef4e (1/1)
Getting image source signatures
Copying blob sha256:6601463439c9284dd082978cd5176fe3c4d4286cea3baae2a7f45c271fa8a545
Error: copying image 1/1 from manifest list: trying to reuse blob sha256:6601463439c9284dd082978cd5176fe3c4d4286cea3baae2a7f45c271fa8a545 at destination: checking whether a blob sha256:6601463439c9284dd082978cd5176fe3c4d4286cea3baae2a7f45c271fa8a545 exists in 127.0.0.1:5322/x: unauthorized: authentication required
`,
	refusedPull: `STEP 1/1: FROM 127.0.0.1:5322/x:1
Trying to pull 127.0.0.1:5322/x:1...
Error: creating build container: initializing source docker://127.0.0.1:5322/x:1: reading manifest 1 in 127.0.0.1:5322/x: unauthorized: authentication required
`,
	plainHttp:
		'Error: trying to reuse blob sha256:6601463439c9284dd082978cd5176fe3c4d4286cea3baae2a7f45c271fa8a545 at destination: pinging container registry 127.0.0.1:5321: Get "https://127.0.0.1:5321/v2/": http: server gave HTTP response to HTTPS client\n',
	noRegistry:
		'Error: copying image 1/1 from manifest list: trying to reuse blob sha256:6601463439c9284dd082978cd5176fe3c4d4286cea3baae2a7f45c271fa8a545 at destination: pinging container registry reg.nowhere.invalid: Get "https://reg.nowhere.invalid/v2/": dial tcp: lookup reg.nowhere.invalid on 192.0.2.53:53: no such host\n',
	noTag: `Trying to pull 127.0.0.1:5321/nothing:1...
Error: creating build container: initializing source docker://127.0.0.1:5321/nothing:1: reading manifest 1 in 127.0.0.1:5321/nothing: manifest unknown: manifest unknown
`,
	shortName:
		'Error: creating build container: short-name "nothing-at-all" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"\n',
	noArchitecture:
		'Error: creating build container: choosing an image from manifest list docker://127.0.0.1:5321/bb:1: no image found in image index for architecture s390x, variant "", OS linux\n',
	notPulled: 'Error: creating build container: 127.0.0.1:5321/bb:1: image not known\n',
	noEmulator:
		'process failed to start with error: fork/exec /bin/sh: exec format errorprocess exited with error: exec: not startedsubprocess exited with status 1\nError: building at STEP "RUN uname -m": exit status 1\n',
	noEmulatorCrun: 'exec container process `/bin/sh`: Exec format error\nError: building at STEP "RUN uname -m": while running runtime: exit status 1\n',
	fullDisk: `cat: write error: No space left on device
subprocess exited with status 1
Error: deleting build container "1f6fb5e5db03debeae66e833d83919baa39a4dc50725b6ce6785611e8ff204a9": 1 error occurred:
	* write /tmp/full/r/vfs-containers/.tmp-containers.json3571964063: no space left on device

: building at STEP "RUN cat /bin/busybox /bin/busybox /bin/busybox /bin/busybox > /big": exit status 1
`,
	noIds: `time="2026-11-21T09:32:18Z" level=error msg="While applying layer: ApplyLayer stdout:  stderr: potentially insufficient UIDs or GIDs available in user namespace (requested 4242:4242 for /f): Check /etc/subuid and /etc/subgid if configured locally and run podman-system-migrate: lchown /f: invalid argument exit status 1"
Error: writing blob: adding layer with blob "sha256:f472c12b16e740fbe4f771fd6bdb4feb0a9c25000101cd8717afd18a62657203": ApplyLayer stdout:  stderr: potentially insufficient UIDs or GIDs available in user namespace (requested 4242:4242 for /f): Check /etc/subuid and /etc/subgid if configured locally and run podman-system-migrate: lchown /f: invalid argument exit status 1
`,
	noHome: 'Error: creating runtime static files directory: mkdir /home/me/.local/share: permission denied\n',
	noFile: 'Error: building at STEP "COPY nofile /x": checking on sources under "/src": copier: stat: "/nofile": no such file or directory\n',
	failedRun: 'subprocess exited with status 42\nError: building at STEP "RUN exit 42": exit status 42\n',
} as const;

/** The same of podman 5.4.2 of Debian 13, where its words are others. */
export const complaints54 = {
	noSocket: `version: 5.4.2

Cannot connect to Podman. Please verify your connection to the Linux system using \`podman system connection list\`, or try \`podman machine init\` and \`podman machine start\` to manage a new Linux VM
Error: unable to connect to Podman socket: Get "http://d/v5.4.2/libpod/_ping": dial unix /nowhere.sock: connect: no such file or directory: unix:///nowhere.sock
`,
	noSsh: `version: 5.4.2

Cannot connect to Podman. Please verify your connection to the Linux system using \`podman system connection list\`, or try \`podman machine init\` and \`podman machine start\` to manage a new Linux VM
Error: unable to connect to Podman socket: failed to connect: dial tcp 127.0.0.1:2: connect: connection refused: ssh://root@127.0.0.1:2/x
`,
	noConnection: 'Error: read cli flags: connection "nope" not found\n',
	refusedPush:
		'Error: copying image 1/1 from manifest list: trying to reuse blob sha256:6601463439c9284dd082978cd5176fe3c4d4286cea3baae2a7f45c271fa8a545 at destination: checking whether a blob sha256:6601463439c9284dd082978cd5176fe3c4d4286cea3baae2a7f45c271fa8a545 exists in 127.0.0.1:5322/x: authentication required\n',
	noTag: `STEP 1/1: FROM 127.0.0.1:5321/nothing:1
Trying to pull 127.0.0.1:5321/nothing:1...
Error: creating build container: initializing source docker://127.0.0.1:5321/nothing:1: reading manifest 1 in 127.0.0.1:5321/nothing: manifest unknown
`,
	noArchitecture:
		'Error: creating build container: choosing an image from manifest list docker://127.0.0.1:5321/bb:1: no image found in image index for architecture "s390x", variant "", OS "linux"\n',
	failedRun: `Error: 2 errors occurred:
	* [linux/amd64]: building at STEP "RUN echo "q" && exit 42": exit status 42
	* [linux/arm64]: building at STEP "RUN echo "q" && exit 42": exit status 42


`,
	fullDisk: `Error: deleting build container "a4a7f242ea3a739b4374901c67f7a61c75bacbd6e0ca5085024d8a20cc4bd3bf": write /tmp/full/r/vfs-layers/.tmp-volatile-layers.json3363659239: no space left on device: building at STEP "RUN cat /bin/busybox > /big": exit status 1
`,
} as const;
