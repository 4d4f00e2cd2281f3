// Full lives of a class with a memory manager (mydsp) beside one without (plain), for each failure.
// SHAPE: 0 (original), 3 or 6 arguments of `info`. "ok" if the manager was told the truth, nothing
// went around it, nothing leaked, and the sound is the same.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#ifndef FAUSTFLOAT
#define FAUSTFLOAT float
#endif
#include "native_host.hpp"

struct dsp_memory_manager {
	enum MemType { kInt32, kInt32_ptr, kFloat, kFloat_ptr, kDouble, kDouble_ptr, kObj, kObj_ptr };
	virtual ~dsp_memory_manager() {}
#if SHAPE
	virtual void begin(size_t) {}
	virtual void end() {}
#endif
#if SHAPE == 3
	virtual void info(size_t, size_t, size_t) {}
#elif SHAPE == 6
	virtual void info(const char*, MemType, size_t, size_t, size_t, size_t) {}
#endif
	virtual void* allocate(size_t) = 0;
	virtual void destroy(void*) = 0;
};

#include "plain.h"
#include "managed.h"

static void fail(const char* what) { std::printf("%s\n", what); std::exit(1); }
static void check(bool good, const char* what) { if (!good) fail(what); }

static bool watched = false;
extern "C" void* __real_malloc(size_t);
extern "C" void* __wrap_malloc(size_t size)
{
	check(!watched, "malloc beside the manager");
	return __real_malloc(size);
}
void* operator new(size_t size)
{
	check(!watched, "operator new beside the manager");
	return __real_malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

struct Checking : dsp_memory_manager {
	static const int most = 4096;
	size_t told[most], given[most], announced = 0;
	int infos = 0, requests = 0, failFirst = 0, failLast = 0;
	long live = 0;
	bool ended = false;
#if SHAPE
	void begin(size_t count) override { announced = count; }
	void end() override { ended = true; }
#endif
#if SHAPE == 3
	void info(size_t size, size_t, size_t) override { told[infos++] = size; }
#elif SHAPE == 6
	void info(const char* name, MemType type, size_t count, size_t size, size_t, size_t) override
	{
		const size_t each = type == kDouble ? 8 : type == kObj ? size : 4;
		check(name[0] && count * each == size, "count, type and bytes disagree");
		told[infos++] = size;
	}
#endif
	void* allocate(size_t size) override
	{
		if (requests < most) given[requests] = size;
		++requests;
		if (failFirst && requests >= failFirst && requests <= failLast) return nullptr;
		++live;
		return __real_malloc(size);
	}
	void destroy(void* memory) override
	{
		check(memory != nullptr, "null was given back");
		--live;
		std::free(memory);
	}
};

struct Press : ZoneList {
	void addButton(const char*, FAUSTFLOAT* zone) override { *zone = 1; }
	void addCheckButton(const char*, FAUSTFLOAT* zone) override { *zone = 1; }
};

static const int frames = 64;
struct Block {
	std::vector<FAUSTFLOAT> samples;
	std::vector<FAUSTFLOAT*> rows;
	explicit Block(int channels) : samples(size_t(channels) * frames), rows(channels)
	{
		for (int i = 0; i < channels; ++i) rows[i] = samples.data() + size_t(i) * frames;
	}
};

template <typename D>
static void press(D* program)
{
	const bool before = watched;
	watched = false;
	Press ui;
	program->buildUserInterface(&ui);
	watched = before;
}

#if SHAPE
static mydsp* make(Checking&) { return mydsp::create(); }
static void unmake(Checking&, mydsp* program) { mydsp::destroy(program); }
#else
static mydsp* make(Checking& manager)
{
	void* memory = manager.allocate(sizeof(mydsp));
	return memory ? new (memory) mydsp() : nullptr;
}
static void unmake(Checking& manager, mydsp* program)
{
	if (!program) return;
	program->~mydsp();
	manager.destroy(program);
}
#endif

// Lives once; `expected` holds three blocks of sound.
static void live(Checking& manager, int rate, Block& in, Block& out, const FAUSTFLOAT* expected)
{
	const size_t size = out.samples.size();
	const auto run = [&](mydsp* program, int block) {
		program->compute(frames, in.rows.data(), out.rows.data());
		for (size_t i = 0; i < size; ++i) {
			const FAUSTFLOAT x = out.samples[i], y = expected[block * size + i];
			check(x == y || (x != x && y != y), "another sound");
		}
	};
	mydsp::fManager = &manager;
	watched = true;
	if (mydsp::classInit(rate)) {
		mydsp *first = make(manager), *twin = nullptr;
		const int requests = manager.requests;
		mydsp* second = first ? make(manager) : nullptr;
		if (second) {
			first->instanceInit(rate);
			second->instanceInit(rate);
			press(first);
			press(second);
			run(first, 0);
			run(first, 1);
			run(second, 0);
			const int before = manager.requests;
			check(manager.failFirst || before - requests == requests - TABLES, "tables not shared");
			twin = first->clone();
			if (twin) {
				check(manager.requests - before == requests - TABLES || manager.failFirst, "clone");
				run(twin, 2);
			}
			run(first, 2);
			run(second, 1);
			run(second, 2);
		}
		unmake(manager, twin);
		unmake(manager, second);
		unmake(manager, first);
		mydsp::classDestroy();
		check(manager.failFirst || (first && second && twin), "null without a failure");
	} else {
		check(manager.failFirst, "classInit failed");
	}
	watched = false;
	mydsp::fManager = nullptr;
	check(manager.live == 0, "leak");
}

int main()
{
	const int rate = 44100;
	static plain reference;  // too large for some stacks
	Block in(reference.getNumInputs()), out(reference.getNumOutputs());
	unsigned seed = 1;
	for (FAUSTFLOAT& x : in.samples) x = FAUSTFLOAT((seed = seed * 1103515245u + 12345u) >> 16 & 255) / 256;
	reference.init(rate);
	press(&reference);
	std::vector<FAUSTFLOAT> expected;
	for (int block = 0; block < 3; ++block) {
		reference.compute(frames, in.rows.data(), out.rows.data());
		expected.insert(expected.end(), out.samples.begin(), out.samples.end());
	}
	Checking honest;
#if SHAPE
	mydsp::fManager = &honest;
	mydsp::memoryInfo();
	check(honest.ended && honest.announced == size_t(honest.infos), "begin, info and end disagree");
#endif
	live(honest, rate, in, out, expected.data());
	for (int i = 0; i < honest.infos; ++i)
		check(honest.told[i] == honest.given[i], "what was told is not what was asked for");
	for (int n = 1; n <= honest.requests; ++n) {
		Checking once, sticky;
		once.failFirst = once.failLast = sticky.failFirst = n;
		sticky.failLast = 1 << 30;
		live(once, rate, in, out, expected.data());
		live(sticky, rate, in, out, expected.data());
	}
	std::printf("ok\n");
	return 0;
}
