/* What a generated program needs of its host, and nothing more: for programs loaded into dspc. */
#define DSPC_MALLOC

struct Soundfile;

typedef struct {
	void* uiInterface;
	void (*openTabBox)(void* ui, const char* label);
	void (*openHorizontalBox)(void* ui, const char* label);
	void (*openVerticalBox)(void* ui, const char* label);
	void (*closeBox)(void* ui);
	void (*addButton)(void* ui, const char* label, FAUSTFLOAT* zone);
	void (*addCheckButton)(void* ui, const char* label, FAUSTFLOAT* zone);
	void (*addVerticalSlider)(void* ui, const char* label, FAUSTFLOAT* zone, FAUSTFLOAT init, FAUSTFLOAT min, FAUSTFLOAT max, FAUSTFLOAT step);
	void (*addHorizontalSlider)(void* ui, const char* label, FAUSTFLOAT* zone, FAUSTFLOAT init, FAUSTFLOAT min, FAUSTFLOAT max, FAUSTFLOAT step);
	void (*addNumEntry)(void* ui, const char* label, FAUSTFLOAT* zone, FAUSTFLOAT init, FAUSTFLOAT min, FAUSTFLOAT max, FAUSTFLOAT step);
	void (*addHorizontalBargraph)(void* ui, const char* label, FAUSTFLOAT* zone, FAUSTFLOAT min, FAUSTFLOAT max);
	void (*addVerticalBargraph)(void* ui, const char* label, FAUSTFLOAT* zone, FAUSTFLOAT min, FAUSTFLOAT max);
	void (*addSoundfile)(void* ui, const char* label, const char* url, struct Soundfile** sound);
	void (*declare)(void* ui, FAUSTFLOAT* zone, const char* key, const char* value);
} UIGlue;

typedef struct {
	void* metaInterface;
	void (*declare)(void* meta, const char* key, const char* value);
} MetaGlue;
