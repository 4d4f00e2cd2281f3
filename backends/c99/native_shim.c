/* The functions by which dspc drives a generated program; see backends/cpp/native_shim.hpp. */
#include <string.h>

#ifdef DSPC_SOUNDFILE
static Soundfile silent_sound;
Soundfile* defaultsound = &silent_sound;
#endif

/* One instance, with its zones and sounds in the order of the interface. */
typedef struct {
	mydsp* program;
	FAUSTFLOAT** zones;
	struct Soundfile*** sounds;
	int zone_count, sound_count;
} Native;

static void ignore_label(void* ui, const char* label) { (void)ui; (void)label; }
static void ignore_end(void* ui) { (void)ui; }
static void ignore_key(void* ui, FAUSTFLOAT* zone, const char* key, const char* value)
{
	(void)ui; (void)zone; (void)key; (void)value;
}
static void add_zone(void* ui, const char* label, FAUSTFLOAT* zone)
{
	Native* native = (Native*)ui;
	(void)label;
	native->zones = (FAUSTFLOAT**)realloc(native->zones, (size_t)(native->zone_count + 1) * sizeof zone);
	native->zones[native->zone_count++] = zone;
}
static void add_range(void* ui, const char* label, FAUSTFLOAT* zone, FAUSTFLOAT init, FAUSTFLOAT min, FAUSTFLOAT max, FAUSTFLOAT step)
{
	(void)init; (void)min; (void)max; (void)step;
	add_zone(ui, label, zone);
}
static void add_meter(void* ui, const char* label, FAUSTFLOAT* zone, FAUSTFLOAT min, FAUSTFLOAT max)
{
	(void)min; (void)max;
	add_zone(ui, label, zone);
}
static void add_sound(void* ui, const char* label, const char* url, struct Soundfile** sound)
{
	Native* native = (Native*)ui;
	(void)label; (void)url;
	native->sounds = (struct Soundfile***)realloc(native->sounds, (size_t)(native->sound_count + 1) * sizeof sound);
	native->sounds[native->sound_count++] = sound;
}

static void* native_of(mydsp* program)
{
	Native* native = (Native*)calloc(1, sizeof(Native));
	UIGlue ui;
	native->program = program;
	ui.uiInterface = native;
	ui.openTabBox = ui.openHorizontalBox = ui.openVerticalBox = ignore_label;
	ui.closeBox = ignore_end;
	ui.addButton = ui.addCheckButton = add_zone;
	ui.addVerticalSlider = ui.addHorizontalSlider = ui.addNumEntry = add_range;
	ui.addHorizontalBargraph = ui.addVerticalBargraph = add_meter;
	ui.addSoundfile = add_sound;
	ui.declare = ignore_key;
	buildUserInterfacemydsp(program, &ui);
	return native;
}

void* dspc_create(void) { return native_of(newmydsp()); }

void* dspc_clone(void* native)
{
	mydsp* twin = newmydsp();
	memcpy(twin, ((Native*)native)->program, sizeof(mydsp));
	return native_of(twin);
}

void dspc_destroy(void* native)
{
	deletemydsp(((Native*)native)->program);
	free(((Native*)native)->zones);
	free(((Native*)native)->sounds);
	free(native);
}

void dspc_init(void* native, int rate) { initmydsp(((Native*)native)->program, rate); }

void dspc_reset(void* native)
{
	mydsp* program = ((Native*)native)->program;
	instanceConstantsmydsp(program, getSampleRatemydsp(program));
	instanceClearmydsp(program);
}

FAUSTFLOAT* dspc_zone(void* native, int number) { return ((Native*)native)->zones[number]; }
void dspc_sound(void* native, int number, struct Soundfile* sound) { *((Native*)native)->sounds[number] = sound; }

#ifdef DSPC_CONTROL
#define DSPC_PREPARE(native) controlmydsp(((Native*)native)->program)
#else
#define DSPC_PREPARE(native)
#endif

void dspc_compute(void* native, int count, FAUSTFLOAT** inputs, FAUSTFLOAT** outputs)
{
	DSPC_PREPARE(native);
	computemydsp(((Native*)native)->program, count, inputs, outputs);
}

void dspc_blocks(void* native, int frames, int block, FAUSTFLOAT** rows, int channels, int inputs)
{
	for (int left = frames; left > 0;) {
		const int count = left < block ? left : block;
		dspc_compute(native, count, rows, rows + inputs);
		for (int row = 0; row < channels; ++row) rows[row] += count;
		left -= count;
	}
}

int dspc_size(void) { return (int)sizeof(mydsp); }
void dspc_save(void* native, char* bytes) { memcpy(bytes, ((Native*)native)->program, sizeof(mydsp)); }
void dspc_restore(void* native, const char* bytes) { memcpy(((Native*)native)->program, bytes, sizeof(mydsp)); }
