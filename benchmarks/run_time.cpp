// Times compute() of the class that is inserted below: prints nanoseconds per frame, the least of
// some rounds of 4096 frames in blocks of 512, on noise, with all buttons pressed.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "faust/dsp/dsp.h"
#include "faust/gui/UI.h"
#include "faust/gui/meta.h"

<<includeIntrinsic>>

<<includeclass>>

int main()
{
	mydsp* program = new mydsp();
	program->init(48000);
	const int block = 512, blocks = 8, rounds = 25;
	const int ins = program->getNumInputs(), outs = program->getNumOutputs();
	std::vector<std::vector<FAUSTFLOAT>> rows(ins + outs, std::vector<FAUSTFLOAT>(block));
	std::vector<FAUSTFLOAT*> pointers;
	for (auto& row : rows) {
		for (auto& sample : row) sample = std::rand() / FAUSTFLOAT(RAND_MAX) - FAUSTFLOAT(0.5);
		pointers.push_back(row.data());
	}
	double least = 1e30;
	for (int round = 0; round < rounds; ++round) {
		const auto start = std::chrono::steady_clock::now();
		for (int i = 0; i < blocks; ++i) {
			program->compute(block, pointers.data(), pointers.data() + ins);
		}
		const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start;
		if (spent.count() < least) least = spent.count();
	}
	std::printf("%.3f\n", least / (block * blocks));
	return 0;
}
