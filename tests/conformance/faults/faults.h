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
