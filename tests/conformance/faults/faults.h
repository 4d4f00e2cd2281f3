// What a batch of classes is rehearsed with: those for our allocators by dspc::Rehearsal, those for
// Faust's managers by lives() of life.h. Each says "ok", its allocations and its failures.
#include <cstdlib>
#include <vector>
#include "native_host.hpp"
#include "dspc/memory.h"
#include "dspc/rehearse.h"
#include "dspc/watch.h"
#include "life.h"

static int told(int allocations, int failures)
{
	std::printf("ok %d %d\n", allocations, failures);
	return 0;
}

template <class D>
int rehearsed(int inputs, int outputs)
{
	const int count = 48, lives = 50;
	std::vector<FAUSTFLOAT> noise(count), sink(size_t(count) * outputs);
	unsigned seed = 1;
	for (FAUSTFLOAT& x : noise) x = FAUSTFLOAT((seed = seed * 1103515245u + 12345u) >> 16 & 255) / 256;
	std::vector<FAUSTFLOAT*> in(inputs, noise.data()), out(outputs);
	for (int i = 0; i < outputs; ++i) out[i] = sink.data() + size_t(i) * count;
	Press press;
	const auto compute = [&](D& program) {
		program.buildUserInterface(&press);
		program.compute(count, in.data(), out.data());
		program.compute(count, in.data(), out.data());
	};
	dspc::UnwatchedHeap heap;
	dspc::Rehearsal<D, decltype(compute)> rehearsal(44100, compute, &heap);
	bool good = false;
	{
		const dspc::Watch watch;
		good = rehearsal.run(nullptr, lives);
		check(watch.hidden() == 0, "memory beside the allocator");
	}
	if (!good) rehearsal.run(stdout, lives);
	check(good, "a failure was not survived");
	return told(int(rehearsal.allocations()), 2 * int(rehearsal.allocations()) + lives);
}

template <class D, class Plain>
int managed_life(int tables)
{
	const int allocations = lives<D, Plain>(tables);
	return told(allocations, 2 * allocations);
}

// Three blocks of a fresh instance against what another class made of the same.
template <class D>
void sounds(D* program, Block& in, Block& out, const std::vector<FAUSTFLOAT>& expected)
{
	press(program);
	for (size_t at = 0; at < expected.size(); at += out.samples.size()) {
		program->compute(frames, in.rows.data(), out.rows.data());
		for (size_t i = 0; i < out.samples.size(); ++i) {
			const FAUSTFLOAT x = out.samples[i], y = expected[at + i];
			check(x == y || (x != x && y != y), "another sound");
		}
	}
}

// A class whose zones the host hands over asks for no memory at all: an instance and its clone, each
// with zones that end where they are said to.
template <class D, class Plain>
int handed_life()
{
	static Plain reference;  // too large for some stacks
	Block in(reference.getNumInputs()), out(reference.getNumOutputs());
	const std::vector<FAUSTFLOAT> expected = three_blocks(reference, in, out);
	D* program = nullptr;
	for (int life = 0; life < 2; ++life) {
		std::vector<int> ints(D::kIntZone, -1);
		std::vector<FAUSTFLOAT> reals(D::kRealZone, -1);
		D* const next = program ? static_cast<D*>(program->clone()) : new D();
		delete program;
		program = next;
		watched = true;
		program->setMemory(ints.data(), reals.data());
		program->init(44100);
		sounds(program, in, out, expected);
		watched = false;
	}
	delete program;
	check(hidden() == 0, "memory that nobody handed over");
	return told(0, 0);
}
