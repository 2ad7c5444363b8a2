#include "pack.h"
#include <fstream>
#include <iostream>

int main(int, char **words) {
	std::ifstream file(words[1]);
	std::string line;
	std::getline(file, line);
	std::cout << line << ": " << packed(line) << std::endl;
}
