// A class whose host gives it zones (mydsp) beside one that has its own arrays (plain): the same
// sound, each array at its place, nothing written beside it. places.h, made by the test, has
//   struct Given: zones of exactly the sizes that the class tells, handed over by its constructor
//   bool inPlace(mydsp&, Given&, plain&): whether the arrays hold at their places what plain's hold
// GUARD is the number of bytes behind each zone that must stay as they are.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#ifndef FAUSTFLOAT
#define FAUSTFLOAT float
#endif
#ifndef GUARD
#define GUARD 64
#endif
#include "native_host.hpp"
#include "plain.h"
#undef FAUSTCLASS
#include "managed.h"

static void check(bool good, const char* what)
{
	if (good) return;
	std::printf("%s\n", what);
	std::exit(1);
}

// Memory of a size, full of what is neither 0 nor a sound, that begins at a multiple of `align` and,
// for align > 1, of no more than that.
struct Zone {
	unsigned char *raw, *start;
	size_t size;
	Zone(size_t bytes, size_t align) : size(bytes)
	{
		// What was got ends where the zone ends, so that sanitizers see each byte beyond.
		const size_t offset = align > 1 ? align : 0, twice = align > 8 ? 2 * align : 16;
		void* got = nullptr;
		if (posix_memalign(&got, twice, offset + bytes + GUARD) != 0) std::abort();
		raw = static_cast<unsigned char*>(got);
		start = raw + offset;
		std::memset(raw, 0xA5, size_t(start - raw) + bytes + GUARD);
	}
	bool isWhole() const
	{
		for (size_t i = 0; i < GUARD; ++i) if (start[size + i] != 0xA5) return false;
		for (unsigned char* at = raw; at < start; ++at) if (*at != 0xA5) return false;
		return true;
	}
	~Zone() { std::free(raw); }
};

// With SECTIONS, each space is a section of the program: is an array within it?
#ifdef SECTIONS
#define IN_SECTION(name, array) \
	((unsigned char*)(array) >= __start_##name && (unsigned char*)(array) + sizeof(array) <= __stop_##name)
extern "C" {
extern unsigned char __start_ddr[], __stop_ddr[], __start_msmc[], __stop_msmc[];
}
#pragma weak __start_ddr
#pragma weak __stop_ddr
#pragma weak __start_msmc
#pragma weak __stop_msmc
#else
#define IN_SECTION(name, array) true
#endif

#include "places.h"

static const int frames = 64, blocks = 40, rate = 44100;

int main()
{
	static plain reference, other;  // too large for some stacks
	mydsp* const first = new mydsp();
	mydsp* const second = new mydsp();
	mydsp* const third = new mydsp();
	Given *mine = new Given(*first), *theirs = new Given(*second), *last = new Given(*third, false);
	mydsp* const programs[] = {first, second, third};
	const int inputs = reference.getNumInputs(), outputs = reference.getNumOutputs();
	std::vector<FAUSTFLOAT> in(frames * (inputs + 1)), out(frames * (outputs + 1)), expected(out);
	std::vector<FAUSTFLOAT*> ins, outs, wanted;
	for (int i = 0; i < inputs; ++i) ins.push_back(&in[i * frames]);
	for (int i = 0; i < outputs; ++i) {
		outs.push_back(&out[i * frames]);
		wanted.push_back(&expected[i * frames]);
	}
	reference.init(rate);
	for (mydsp* program : programs) program->init(rate);
	unsigned seed = 1;
	for (int block = 0; block < blocks; ++block) {
		for (FAUSTFLOAT& x : in) x = FAUSTFLOAT((seed = seed * 1103515245u + 12345u) >> 16 & 255) / 256;
		reference.compute(frames, ins.data(), wanted.data());
		for (mydsp* program : programs) {
			program->compute(frames, ins.data(), outs.data());
			for (size_t i = 0; i < out.size(); ++i) {
				const FAUSTFLOAT x = out[i], y = expected[i];
				check(x == y || (x != x && y != y), "another sound");
			}
		}
		check(inPlace(*first, *mine, reference), "an array is not at its place");
		check(inPlace(*second, *theirs, reference), "an array of the second is not at its place");
	}
	check(mine->isWhole() && theirs->isWhole() && last->isWhole(), "written beside a zone");
	other.init(2 * rate);
	first->init(2 * rate);
	check(inPlace(*first, *mine, other), "not at its place after another init");
	for (mydsp* program : programs) delete program;
	check(mine->isWhole() && theirs->isWhole(), "written beside a zone at the end");
	delete mine;
	delete theirs;
	delete last;
	std::printf("ok\n");
	return 0;
}
