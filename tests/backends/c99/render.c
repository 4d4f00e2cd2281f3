/* Renders noise by the C code in PROGRAM: the blocks and noise of tests/boards/render.cpp. */
#include <stdio.h>
#include <string.h>
#include "faust/gui/CInterface.h"
#include PROGRAM

#ifdef ZONES /* 2: the struct points to them, 3: functions take them */
static int izone[FAUST_INT_ZONE + 1];
static double fzone[FAUST_FLOAT_ZONE + 1];
#endif
#if defined(ZONES) && ZONES == 3
#define ALSO , izone, fzone
#define SAMPLES , 0, 0, izone, fzone
#else
#define ALSO
#define SAMPLES
#endif

enum { most = 256, channels = 64 };
static FAUSTFLOAT memory[2][channels][most];
static const int blocks[] = {64, 1, 200, 256, 256};

static void box(void* ui, const char* label) { (void)ui; (void)label; }
static void close_box(void* ui) { (void)ui; }
static void button(void* ui, const char* label, FAUSTFLOAT* zone) { (void)ui; (void)label; *zone = 1; }
static void check(void* ui, const char* label, FAUSTFLOAT* zone) { (void)ui; (void)label; (void)zone; }
static void slider(void* ui, const char* label, FAUSTFLOAT* zone, FAUSTFLOAT init, FAUSTFLOAT low,
                   FAUSTFLOAT high, FAUSTFLOAT step)
{
    (void)ui; (void)label; (void)zone; (void)init; (void)low; (void)high; (void)step;
}
static void meter(void* ui, const char* label, FAUSTFLOAT* zone, FAUSTFLOAT low, FAUSTFLOAT high)
{
    (void)ui; (void)label; (void)zone; (void)low; (void)high;
}
static void sound(void* ui, const char* label, const char* url, struct Soundfile** zone)
{
    (void)ui; (void)label; (void)url; (void)zone;
}
static void declare(void* ui, FAUSTFLOAT* zone, const char* key, const char* value)
{
    (void)ui; (void)zone; (void)key; (void)value;
}
static void told(void* meta, const char* key, const char* value) { (void)meta; (void)key; (void)value; }

int main(void)
{
    UIGlue ui = {0};
    MetaGlue meta = {0};
    meta.declare = told;
    ui.openTabBox = ui.openHorizontalBox = ui.openVerticalBox = box;
    ui.closeBox = close_box;
    ui.addButton = button;
    ui.addCheckButton = check;
    ui.addVerticalSlider = ui.addHorizontalSlider = ui.addNumEntry = slider;
    ui.addHorizontalBargraph = ui.addVerticalBargraph = meter;
    ui.addSoundfile = sound;
    ui.declare = declare;
    FAUSTFLOAT *in[channels], *out[channels];
    for (int c = 0; c < channels; ++c) {
        in[c] = memory[0][c];
        out[c] = memory[1][c];
    }
#if defined(ZONES) && ZONES == 2
    mydsp* dsp = newmydsp(0, 0, izone, fzone);
#else
    mydsp* dsp = newmydsp();
#endif
    if (!dsp) return 4;
    memset(dsp, 0xA5, sizeof *dsp); /* all that is read has been written by init */
#ifdef ZONES
    memset(izone, 0xA5, sizeof izone);
    memset(fzone, 0xA5, sizeof fzone);
#if ZONES == 2
    setMemorymydsp(dsp, 0, 0, izone, fzone);
#endif
#endif
    initmydsp(dsp, 44100 ALSO);
    buildUserInterfacemydsp(dsp, &ui);
    metadatamydsp(&meta);
    const int inputs = getNumInputsmydsp(dsp), outputs = getNumOutputsmydsp(dsp);
    if (inputs > channels || outputs > channels || getSampleRatemydsp(dsp) != 44100) return 3;
    FILE* file = fopen("samples.raw", "wb");
    unsigned noise = 12345;
    for (unsigned b = 0; b < sizeof blocks / sizeof *blocks; ++b) {
        const int count = blocks[b];
        for (int c = 0; c < inputs; ++c)
            for (int i = 0; i < count; ++i) {
                noise = noise * 1664525u + 1013904223u;
                in[c][i] = (FAUSTFLOAT)((int)(noise >> 8) - 8388608) / 16777216;
            }
#ifdef CONTROL
        controlmydsp(dsp ALSO);
#endif
#ifdef FRAME
        for (int i = 0; i < count; ++i) {
            FAUSTFLOAT frame[channels]; /* in place */
            for (int c = 0; c < inputs; ++c) frame[c] = in[c][i];
            framemydsp(dsp, frame, frame SAMPLES);
            for (int c = 0; c < outputs; ++c) out[c][i] = frame[c];
        }
#else
        computemydsp(dsp, count, in, out SAMPLES);
#endif
        for (int c = 0; c < outputs; ++c) fwrite(out[c], sizeof(FAUSTFLOAT), (size_t)count, file);
    }
    fclose(file);
    deletemydsp(dsp);
#if defined(ZONES) && ZONES == 2
    return newmydsp(0, 0, izone, fzone) ? 0 : 5;
#else
    return newmydsp() ? 0 : 5; /* what was given back is given again */
#endif
}
