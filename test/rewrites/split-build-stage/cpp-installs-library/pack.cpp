#include "pack.h"
#include <zlib.h>

unsigned long packed(const std::string &text) {
	return adler32(adler32(0L, Z_NULL, 0), reinterpret_cast<const Bytef *>(text.data()), text.size());
}
