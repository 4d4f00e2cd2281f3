// Full lives of classes with a memory manager beside ones without, for each failure. SHAPE: 0
// (original), 3 or 6 arguments of `info`. Needs native_host.hpp before it; include it in one file of
// a program only. Where dspc/watch.h comes before, that counts what goes around the manager.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <vector>

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

// Ends at once: what a sanitizer would say of the rest is the smaller story.
static void fail(const char* what)
{
	std::printf("%s\n", what);
	std::fflush(stdout);
	std::_Exit(1);
}
static void check(bool good, const char* what) { if (!good) fail(what); }

#ifdef DSPC_WATCH_H
static bool& watched = dspc::detail::isWatched;
static size_t hidden() { return dspc::detail::hiddenAllocations; }
#else
static bool watched = false;
static size_t hidden() { return 0; }  // one is told at once
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
#endif

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
		const size_t each = type == kDouble_ptr ? 8 : 4;
		const bool agree = type == kObj_ptr ? count == 0 && size > 0 : count * each == size;
		check(name[0] && agree, "count, type and bytes disagree");
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

// Presses all buttons, and gives sound files the silent sound.
struct Press : UI {
	typedef const char* Text;
	typedef FAUSTFLOAT Real;
	void openTabBox(Text) override {}
	void openHorizontalBox(Text) override {}
	void openVerticalBox(Text) override {}
	void closeBox() override {}
	void addButton(Text, Real* zone) override { *zone = 1; }
	void addCheckButton(Text, Real* zone) override { *zone = 1; }
	void addVerticalSlider(Text, Real*, Real, Real, Real, Real) override {}
	void addHorizontalSlider(Text, Real*, Real, Real, Real, Real) override {}
	void addNumEntry(Text, Real*, Real, Real, Real, Real) override {}
	void addHorizontalBargraph(Text, Real*, Real, Real) override {}
	void addVerticalBargraph(Text, Real*, Real, Real) override {}
	void addSoundfile(Text, Text, Soundfile** zone) override { *zone = defaultsound; }
	void declare(Real*, Text, Text) override {}
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
template <class D> D* make(Checking&) { return D::create(); }
template <class D> void unmake(Checking&, D* program) { D::destroy(program); }
#else
template <class D> D* make(Checking& manager)
{
	void* memory = manager.allocate(sizeof(D));
	return memory ? new (memory) D() : nullptr;
}
template <class D> void unmake(Checking& manager, D* program)
{
	if (!program) return;
	program->~D();
	manager.destroy(program);
}
#endif

// Lives once; `expected` holds three blocks of sound, `tables` how many blocks `classInit` takes.
template <class D>
void live(Checking& manager, int tables, Block& in, Block& out, const FAUSTFLOAT* expected)
{
	const int rate = 44100;
	const size_t size = out.samples.size();
	const auto run = [&](D* program, int block) {
		program->compute(frames, in.rows.data(), out.rows.data());
		for (size_t i = 0; i < size; ++i) {
			const FAUSTFLOAT x = out.samples[i], y = expected[block * size + i];
			check(x == y || (x != x && y != y), "another sound");
		}
	};
	D::fManager = &manager;
	watched = true;
	if (D::classInit(rate)) {
		D *first = make<D>(manager), *twin = nullptr;
		const int requests = manager.requests;
		D* second = first ? make<D>(manager) : nullptr;
		if (second) {
			first->instanceInit(rate);
			second->instanceInit(rate);
			press(first);
			press(second);
			run(first, 0);
			run(first, 1);
			run(second, 0);
			const int before = manager.requests;
			check(manager.failFirst || before - requests == requests - tables, "tables not shared");
			twin = static_cast<D*>(first->clone());
			if (twin) {
				check(manager.requests - before == requests - tables || manager.failFirst, "clone");
				run(twin, 2);
			}
			run(first, 2);
			run(second, 1);
			run(second, 2);
		}
		unmake(manager, twin);
		unmake(manager, second);
		unmake(manager, first);
		D::classDestroy();
		check(manager.failFirst || (first && second && twin), "null without a failure");
	} else {
		check(manager.failFirst, "classInit failed");
	}
	watched = false;
	D::fManager = nullptr;
	check(manager.live == 0, "leak");
	check(hidden() == 0, "memory beside the manager");
}

// Fills the inputs with noise; what an instance makes of it in three blocks.
template <class Plain>
std::vector<FAUSTFLOAT> three_blocks(Plain& program, Block& in, Block& out)
{
	unsigned seed = 1;
	for (FAUSTFLOAT& x : in.samples) x = FAUSTFLOAT((seed = seed * 1103515245u + 12345u) >> 16 & 255) / 256;
	program.init(44100);
	press(&program);
	std::vector<FAUSTFLOAT> made;
	for (int block = 0; block < 3; ++block) {
		program.compute(frames, in.rows.data(), out.rows.data());
		made.insert(made.end(), out.samples.begin(), out.samples.end());
	}
	return made;
}

// Lives once with memory and once for each failure; ends the program where anything is wrong. The
// number of blocks that the life with memory asked for.
template <class D, class Plain>
int lives(int tables)
{
	static Plain reference;  // too large for some stacks
	Block in(reference.getNumInputs()), out(reference.getNumOutputs());
	const std::vector<FAUSTFLOAT> expected = three_blocks(reference, in, out);
	Checking honest;
#if SHAPE
	D::fManager = &honest;
	D::memoryInfo();
	check(honest.ended && honest.announced == size_t(honest.infos), "begin, info and end disagree");
#endif
	live<D>(honest, tables, in, out, expected.data());
	for (int i = 0; i < honest.infos; ++i)
		check(honest.told[i] == honest.given[i], "what was told is not what was asked for");
	for (int n = 1; n <= honest.requests; ++n) {
		Checking once, sticky;
		once.failFirst = once.failLast = sticky.failFirst = n;
		sticky.failLast = 1 << 30;
		live<D>(once, tables, in, out, expected.data());
		live<D>(sticky, tables, in, out, expected.data());
	}
	return honest.requests;
}
