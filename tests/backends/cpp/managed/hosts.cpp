// Hosts as people write them, on classes with a memory manager, beside the class without one. Each
// hears the samples of the class without one; nothing may leak. CLASSES is the file of the classes and
// of `run()`, which names them.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <list>
#include <new>
#include <string>
#include <vector>
#include "faust/gui/UI.h"
#include "faust/gui/meta.h"
#include "faust/gui/MapUI.h"
#include "faust/gui/MidiUI.h"
#include "faust/dsp/dsp.h"
#include "faust/dsp/poly-dsp.h"
std::list<GUI*> GUI::fGuiList;
ztimedmap GUI::gTimedZoneMap;

static void fail(const char* what) { std::printf("%s\n", what); std::exit(1); }

// As OWL's: a block of its own for each request.
struct Counting : dsp_memory_manager {
	long live = 0, requests = 0, most = 1 << 30;
	void* allocate(size_t size) override
	{
		if (++requests > most) return nullptr;
		++live;
		return std::malloc(size);
	}
	void destroy(void* memory) override { --live; std::free(memory); }
};

#if SHAPE == 6
// As Daisy's: zones in a static array, the object from malloc, by the order of what was told.
struct Board : dsp_memory_manager {
	struct Told { std::string name; MemType type; size_t bytes; void* place; };
	std::vector<Told> told;
	std::vector<void*> objects;
	size_t next = 0, used = 0;
	alignas(16) uint8_t memory[1 << 20];
	void begin(size_t count) override { told.resize(count); next = used = 0; }
	void info(const char* name, MemType type, size_t, size_t bytes, size_t, size_t) override
	{
		const bool apart = !std::strcmp(name, "fZone") || !std::strcmp(name, "iZone");
		told[next++] = {name, type, bytes, apart ? memory + used : nullptr};
		if (apart) used += bytes;
	}
	void end() override { next = 0; }
	void* allocate(size_t bytes) override
	{
		if (next >= told.size() || told[next].bytes != bytes) fail("not what was told");
		const Told& one = told[next++];
		if (one.type != kObj_ptr) return one.place;
		objects.push_back(std::malloc(bytes));
		return objects.back();
	}
	void destroy(void* place) override
	{
		for (void*& one : objects) if (one == place) { std::free(one); one = nullptr; }
	}
};
#endif

static const int frames = 64;
static std::vector<float> heard;

static void hear(dsp* program, int blocks)
{
	std::vector<float> in(size_t(frames) * program->getNumInputs());
	std::vector<float> out(size_t(frames) * program->getNumOutputs());
	std::vector<float*> inputs, outputs;
	for (int i = 0; i < program->getNumInputs(); ++i) inputs.push_back(&in[size_t(i) * frames]);
	for (int i = 0; i < program->getNumOutputs(); ++i) outputs.push_back(&out[size_t(i) * frames]);
	for (int block = 0; block < blocks; ++block) {
		for (size_t i = 0; i < in.size(); ++i) in[i] = float((i * 7 + size_t(block)) % 11) / 11;
		program->compute(frames, inputs.data(), outputs.data());
		heard.insert(heard.end(), out.begin(), out.end());
	}
}

// Plays a chord; `one` becomes the group's.
static void play(dsp* one)
{
	mydsp_poly* group = new mydsp_poly(one, 4, true, true);
	group->init(48000);
	hear(group, 1);
	group->keyOn(0, 60, 100);
	hear(group, 20);
	group->keyOn(0, 67, 90);
	hear(group, 20);
	group->keyOff(0, 60);
	hear(group, 20);
	delete group;
}

// A twin goes on where the first is, and leaves it as it was.
static void split(dsp* one)
{
	hear(one, 30);
	dsp* twin = one->clone();
	hear(twin, 10);
	hear(one, 10);
	delete twin;
	hear(one, 5);
}

static std::vector<float> taken() { std::vector<float> was; was.swap(heard); return was; }

static void same(const std::vector<float>& one, const std::vector<float>& two, const char* what)
{
	if (one.empty() || one != two) fail(what);
}

// An object from `create`; null where the class has no such method.
template <class D> static auto made(int) -> decltype(D::create()) { return D::create(); }
template <class D> static D* made(long) { return nullptr; }

template <class plain, class mydsp>
static void hosts(bool in_zones)
{
	Counting counting;
	taken();
	plain* reference = new plain();
	reference->init(48000);
	split(reference);
	delete reference;
	const std::vector<float> single = taken();
	play(new plain());
	const std::vector<float> chord = taken();

	// As OWL's patch: the object first, the manager after it.
	mydsp* one = new mydsp();
	mydsp::fManager = &counting;
	mydsp::classInit(48000);
	one->instanceInit(48000);
	split(one);
	same(taken(), single, "new, classInit, instanceInit");
	delete one;
	if (counting.live < 0) fail("given back twice");
	mydsp::classDestroy();
	if (counting.live) fail("a leak of the first host");

	// Voices.
	mydsp::classInit(48000);
	if (dsp* first = made<mydsp>(0)) {
		play(first);
		same(taken(), chord, "voices of an object that create made");
	}
	play(new mydsp());
	same(taken(), chord, "voices");
	mydsp::classDestroy();
	if (counting.live) fail("a leak of voices");

	// As drivers do it: `init` alone.
	one = new mydsp();
	one->init(48000);
	split(one);
	same(taken(), single, "init alone");
	delete one;
	mydsp::classDestroy();
	if (counting.live) fail("a leak after init");

	// Without memory it is silent.
	counting.most = counting.requests;
	one = new mydsp();
	one->init(48000);
	one->instanceClear();
	hear(one, 2);
	for (float sample : taken()) if (sample != 0) fail("sound without memory");
	delete one;
	if (counting.live) fail("a leak without memory");
#if SHAPE == 6
	if (in_zones) {
		static Board board;
		mydsp::fManager = &board;
		mydsp::memoryInfo();
		mydsp::classInit(48000);
		one = made<mydsp>(0);
		if (!one) fail("null from the board");
		one->instanceInit(48000);
		taken();
		hear(one, 30);
		delete one;
		same(taken(), std::vector<float>(single.begin(), single.begin() + 30 * frames * 2), "board");
	}
#endif
}

#include CLASSES

int main()
{
	run();
	std::printf("ok\n");
}
