// Makes the class that is inserted below a library that run_rounds.cpp loads beside others.
#include <cstddef>
#include <cstdlib>
#include <string>

#include "faust/dsp/dsp.h"
#include "faust/gui/UI.h"
#include "faust/gui/meta.h"

#define EXPORT extern "C" __attribute__((visibility("default")))

<<includeIntrinsic>>

<<includeclass>>

namespace {

// Presses all buttons and ticks all boxes; sets sliders to BENCHMARK_SET, "label=value;label=value".
struct Pressing : UI {
	void set(const char* label, FAUSTFLOAT* zone)
	{
		const char* words = std::getenv("BENCHMARK_SET");
		const std::string text = std::string(";") + (words ? words : "") + ";";
		const std::string key = std::string(";") + label + "=";
		const size_t at = text.find(key);
		if (at != std::string::npos) *zone = FAUSTFLOAT(std::atof(text.c_str() + at + key.size()));
	}
	void addButton(const char*, FAUSTFLOAT* zone) override { *zone = 1; }
	void addCheckButton(const char*, FAUSTFLOAT* zone) override { *zone = 1; }
	void openTabBox(const char*) override {}
	void openHorizontalBox(const char*) override {}
	void openVerticalBox(const char*) override {}
	void closeBox() override {}
	using Value = FAUSTFLOAT;
	void addVerticalSlider(const char* label, Value* zone, Value, Value, Value, Value) override { set(label, zone); }
	void addHorizontalSlider(const char* label, Value* zone, Value, Value, Value, Value) override { set(label, zone); }
	void addNumEntry(const char* label, Value* zone, Value, Value, Value, Value) override { set(label, zone); }
	void addHorizontalBargraph(const char*, FAUSTFLOAT*, FAUSTFLOAT, FAUSTFLOAT) override {}
	void addVerticalBargraph(const char*, FAUSTFLOAT*, FAUSTFLOAT, FAUSTFLOAT) override {}
	void addSoundfile(const char*, const char*, Soundfile**) override {}
	void declare(FAUSTFLOAT*, const char*, const char*) override {}
};

}  // namespace

EXPORT size_t sample_bytes() { return sizeof(FAUSTFLOAT); }
EXPORT int inputs(void* program) { return static_cast<mydsp*>(program)->getNumInputs(); }
EXPORT int outputs(void* program) { return static_cast<mydsp*>(program)->getNumOutputs(); }

EXPORT void* start()
{
	mydsp* program = new mydsp();
	program->init(48000);
	Pressing pressing;
	program->buildUserInterface(&pressing);
	return program;
}

EXPORT void compute(void* program, int count, void** ins, void** outs)
{
	static_cast<mydsp*>(program)->compute(
		count, reinterpret_cast<FAUSTFLOAT**>(ins), reinterpret_cast<FAUSTFLOAT**>(outs));
}
