#include <string>

unsigned long packed(const std::string &text);
