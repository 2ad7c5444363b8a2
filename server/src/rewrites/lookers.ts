/** Programs that look, say something or set up their own shell, and change no file unless their output is sent to one. */
export const lookers: readonly string[] =
	': [ test true false set export unset exit echo printf command type which pwd ls cat head tail sort cut tr wc grep egrep diff cmp file stat ldd readlink realpath basename dirname date id whoami uname arch hostname nproc getconf getent df du sleep sync ulimit sha1sum sha256sum sha512sum md5sum'.split(
		' ',
	);
