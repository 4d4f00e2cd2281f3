// Runs a class on noise, in blocks given as arguments, in place if the first is "in-place".
// Writes all outputs as doubles, block by block, to standard output.
#define FAUSTFLOAT double
#include "native_host.hpp"

#include "generated.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

int main(int argc, char** argv) {
	const bool in_place = std::strcmp(argv[1], "in-place") == 0;
	mydsp program;
	program.init(44100);
	const int inputs = program.getNumInputs(), outputs = program.getNumOutputs();
	uint32_t random = 12345;
	for (int round = 0; round < std::atoi(argv[2]); ++round) {
		for (int at = 3; at < argc; ++at) {
			const int count = std::atoi(argv[at]);
			std::vector<std::vector<double>> arrays(inputs + outputs, std::vector<double>(count));
			for (int channel = 0; channel < inputs; ++channel) {
				for (double& sample : arrays[channel]) {
					random = random * 1664525u + 1013904223u;
					sample = static_cast<int32_t>(random) / 2147483648.0;
				}
			}
			std::vector<double*> given(inputs + 1), made(outputs + 1);
			for (int channel = 0; channel < inputs; ++channel) given[channel] = arrays[channel].data();
			for (int channel = 0; channel < outputs; ++channel) {
				const bool shared = in_place && channel < inputs;
				made[channel] = arrays[shared ? channel : inputs + channel].data();
			}
			program.compute(count, given.data(), made.data());
			for (int channel = 0; channel < outputs; ++channel)
				std::fwrite(made[channel], sizeof(double), count, stdout);
		}
	}
}
