#include <cstdlib>
#include <iostream>
#include <thread>

int main(int argc, char **argv) {
	std::thread([&] {
		for (int i = 1; i <= (argc > 1 ? std::atoi(argv[1]) : 1); i++) std::cout << i << '\n';
	}).join();
}
