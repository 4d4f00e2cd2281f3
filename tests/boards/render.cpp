// Renders noise by the class in PROGRAM and writes the samples to `samples.raw`, on a computer by
// stdio, on a board by semihosting (ARM's document 100863): the same blocks and noise on both.
#include "host.hpp"
#include <cmath>
#include PROGRAM
#ifdef __ARM_ARCH_7EM__
#include "semihosting.hpp"
#else
#include <cstdio>
static std::FILE* file;
static void begin() { file = std::fopen("samples.raw", "wb"); }
static void write(const void* data, unsigned bytes) { std::fwrite(data, 1, bytes, file); }
static void end() { std::fclose(file); }
#endif

static mydsp program;
#ifndef CHANNELS
#define CHANNELS 16
#endif
static const int most = 256, channels = CHANNELS;
static FAUSTFLOAT memory[2][channels][most];
static const int blocks[] = {64, 1, 200, 256, 256};

int main()
{
    FAUSTFLOAT *in[channels], *out[channels];
    for (int c = 0; c < channels; ++c) in[c] = memory[0][c], out[c] = memory[1][c];
    program.init(44100);
    UI buttons;
    program.buildUserInterface(&buttons);
    const int inputs = program.getNumInputs(), outputs = program.getNumOutputs();
    if (inputs > channels || outputs > channels) return 3;
    begin();
    unsigned noise = 12345;
    for (int count : blocks) {
        for (int c = 0; c < inputs; ++c)
            for (int i = 0; i < count; ++i) {
                noise = noise * 1664525u + 1013904223u;
                in[c][i] = FAUSTFLOAT(int(noise >> 8) - 8388608) / 16777216;
            }
#ifdef CONTROL
        program.control();
#endif
#ifdef FRAME
        for (int i = 0; i < count; ++i) {
            FAUSTFLOAT frame[channels]; // in place
            for (int c = 0; c < inputs; ++c) frame[c] = in[c][i];
            program.frame(frame, frame);
            for (int c = 0; c < outputs; ++c) out[c][i] = frame[c];
        }
#else
        program.compute(count, in, out);
#endif
        for (int c = 0; c < outputs; ++c) write(out[c], count * sizeof(FAUSTFLOAT));
    }
    end();
    return 0;
}
