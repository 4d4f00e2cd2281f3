// The C functions by which dspc drives a generated class.

#include <cstring>
#include <memory>

struct ZoneList : UI {
	std::vector<FAUSTFLOAT*> zones;
	std::vector<Soundfile**> sounds;
	void openTabBox(const char*) override {}
	void openHorizontalBox(const char*) override {}
	void openVerticalBox(const char*) override {}
	void closeBox() override {}
	void add(FAUSTFLOAT* zone) { zones.push_back(zone); }
	void addButton(const char*, FAUSTFLOAT* zone) override { add(zone); }
	void addCheckButton(const char*, FAUSTFLOAT* zone) override { add(zone); }
	void addVerticalSlider(const char*, FAUSTFLOAT* zone, FAUSTFLOAT, FAUSTFLOAT, FAUSTFLOAT, FAUSTFLOAT) override { add(zone); }
	void addHorizontalSlider(const char*, FAUSTFLOAT* zone, FAUSTFLOAT, FAUSTFLOAT, FAUSTFLOAT, FAUSTFLOAT) override { add(zone); }
	void addNumEntry(const char*, FAUSTFLOAT* zone, FAUSTFLOAT, FAUSTFLOAT, FAUSTFLOAT, FAUSTFLOAT) override { add(zone); }
	void addHorizontalBargraph(const char*, FAUSTFLOAT* zone, FAUSTFLOAT, FAUSTFLOAT) override { add(zone); }
	void addVerticalBargraph(const char*, FAUSTFLOAT* zone, FAUSTFLOAT, FAUSTFLOAT) override { add(zone); }
	void addSoundfile(const char*, const char*, Soundfile** zone) override { sounds.push_back(zone); }
	void declare(FAUSTFLOAT*, const char*, const char*) override {}
};

// One instance, its zones in the order of the interface, and the sounds it was given.
struct Native {
	std::unique_ptr<FAUSTCLASS> program;
	ZoneList zones;
	explicit Native(FAUSTCLASS* made) : program(made)
	{
		program->buildUserInterface(&zones);
		for (Soundfile** sound : zones.sounds) *sound = defaultsound;
	}
};

extern "C" {

// Value-initialized, so that no memory is read before it was written.
void* dspc_create() { return new Native(new FAUSTCLASS()); }

// A copy in the same state, without sounds; null where the class has no memory for it.
void* dspc_clone(void* native)
{
	FAUSTCLASS* twin = static_cast<Native*>(native)->program->clone();
	return twin ? new Native(twin) : nullptr;
}

void dspc_destroy(void* native) { delete static_cast<Native*>(native); }
void dspc_init(void* native, int rate) { static_cast<Native*>(native)->program->init(rate); }

void dspc_reset(void* native)
{
	FAUSTCLASS& program = *static_cast<Native*>(native)->program;
	program.instanceConstants(program.getSampleRate());
	program.instanceClear();
}

int dspc_inputs(void* native) { return static_cast<Native*>(native)->program->getNumInputs(); }
int dspc_outputs(void* native) { return static_cast<Native*>(native)->program->getNumOutputs(); }
FAUSTFLOAT* dspc_zone(void* native, int number) { return static_cast<Native*>(native)->zones.zones[number]; }
void dspc_sound(void* native, int number, Soundfile* sound) { *static_cast<Native*>(native)->zones.sounds[number] = sound; }

// The host of a class with a method `control` calls it before each block.
#ifdef DSPC_CONTROL
#define DSPC_PREPARE(native) static_cast<Native*>(native)->program->control()
#else
#define DSPC_PREPARE(native)
#endif

void dspc_compute(void* native, int count, FAUSTFLOAT** inputs, FAUSTFLOAT** outputs)
{
	DSPC_PREPARE(native);
	static_cast<Native*>(native)->program->compute(count, inputs, outputs);
}

// A span of blocks. `rows` has the inputs, then the outputs, and is advanced.
void dspc_blocks(void* native, int frames, int block, FAUSTFLOAT** rows, int channels, int inputs)
{
	for (int left = frames; left > 0;) {
		const int count = left < block ? left : block;
		DSPC_PREPARE(native);
		static_cast<Native*>(native)->program->compute(count, rows, rows + inputs);
		for (int row = 0; row < channels; ++row) rows[row] += count;
		left -= count;
	}
}

// The bytes of an instance, for another process; only of classes without memory of their own.
int dspc_size() { return int(sizeof(FAUSTCLASS)); }
void dspc_save(void* native, char* bytes)
{
	std::memcpy(bytes, static_cast<void*>(static_cast<Native*>(native)->program.get()), sizeof(FAUSTCLASS));
}

// All but the pointer to the virtual functions, which is the first member; sounds are set again after.
void dspc_restore(void* native, const char* bytes)
{
	char* own = reinterpret_cast<char*>(static_cast<Native*>(native)->program.get());
	std::memcpy(own + sizeof(void*), bytes + sizeof(void*), sizeof(FAUSTCLASS) - sizeof(void*));
}

}
