#include <netdb.h>
#include <stdio.h>

int main(int argc, char **argv) {
	struct addrinfo *found;
	int failed = getaddrinfo(argc > 1 ? argv[1] : "localhost", NULL, NULL, &found);
	puts(failed ? gai_strerror(failed) : "found");
	return failed;
}
