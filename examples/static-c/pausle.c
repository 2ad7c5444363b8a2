#include <unistd.h>

/* Waits for a signal and does nothing else. */
int main(void) { return pause(); }
