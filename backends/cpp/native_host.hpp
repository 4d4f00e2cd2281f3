// What a generated class needs from its host, and nothing more: for classes loaded into dspc.
#include <vector>

struct Meta {
	virtual ~Meta() {}
	virtual void declare(const char* key, const char* value) = 0;
};

struct Soundfile {
	void* fBuffers;
	int* fLength;
	int* fSR;
	int* fOffset;
	int fChannels;
	int fParts;
};

struct UI {
	virtual ~UI() {}
	virtual void openTabBox(const char* label) = 0;
	virtual void openHorizontalBox(const char* label) = 0;
	virtual void openVerticalBox(const char* label) = 0;
	virtual void closeBox() = 0;
	virtual void addButton(const char* label, FAUSTFLOAT* zone) = 0;
	virtual void addCheckButton(const char* label, FAUSTFLOAT* zone) = 0;
	virtual void addVerticalSlider(const char* label, FAUSTFLOAT* zone, FAUSTFLOAT init, FAUSTFLOAT min, FAUSTFLOAT max, FAUSTFLOAT step) = 0;
	virtual void addHorizontalSlider(const char* label, FAUSTFLOAT* zone, FAUSTFLOAT init, FAUSTFLOAT min, FAUSTFLOAT max, FAUSTFLOAT step) = 0;
	virtual void addNumEntry(const char* label, FAUSTFLOAT* zone, FAUSTFLOAT init, FAUSTFLOAT min, FAUSTFLOAT max, FAUSTFLOAT step) = 0;
	virtual void addHorizontalBargraph(const char* label, FAUSTFLOAT* zone, FAUSTFLOAT min, FAUSTFLOAT max) = 0;
	virtual void addVerticalBargraph(const char* label, FAUSTFLOAT* zone, FAUSTFLOAT min, FAUSTFLOAT max) = 0;
	virtual void addSoundfile(const char* label, const char* url, Soundfile** zone) = 0;
	virtual void declare(FAUSTFLOAT* zone, const char* key, const char* value) = 0;
};

struct dsp {
	virtual ~dsp() {}
};

// The sound of a slot that has none: 256 silent parts of 1024 frames in 64 channels.
struct SilentSound : Soundfile {
	std::vector<FAUSTFLOAT> silence;
	std::vector<FAUSTFLOAT*> channels;
	std::vector<int> lengths, rates, offsets;
	SilentSound() : silence(1024, 0), channels(64), lengths(256, 1024), rates(256, 44100), offsets(256, 0)
	{
		for (FAUSTFLOAT*& channel : channels) channel = silence.data();
		fBuffers = channels.data();
		fLength = lengths.data();
		fSR = rates.data();
		fOffset = offsets.data();
		fChannels = 1;
		fParts = 0;
	}
};
static SilentSound silent_sound;
static Soundfile* const defaultsound = &silent_sound;
