// Faust's mydsp_poly played by events of standard input: "FRAME on|off KEY VELOCITY" in each line.
// Arguments: voices, frames, block. Writes the samples of all channels frame by frame.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "faust/dsp/dsp.h"
#include "faust/dsp/poly-dsp.h"
#include "faust/gui/GUI.h"
#include "faust/gui/meta.h"

#include "voice.h"
#include "effect.h"

std::list<GUI*> GUI::fGuiList;
ztimedmap GUI::gTimedZoneMap;

int main(int, char** argv)
{
    const int voices = std::atoi(argv[1]), frames = std::atoi(argv[2]), block = std::atoi(argv[3]);
    mydsp_poly poly(new voice_dsp(), voices, true, true);
    effect_dsp effect;
    poly.init(48000);
    effect.init(48000);
    const int mixed = poly.getNumOutputs(), channels = effect.getNumOutputs();
    std::vector<std::vector<FAUSTFLOAT>> mix(mixed, std::vector<FAUSTFLOAT>(frames)), out(channels, std::vector<FAUSTFLOAT>(frames));
    int at = 0, next = 0;
    std::string kind;
    double key = 0, velocity = 0;
    bool is_more = bool(std::cin >> next >> kind >> key >> velocity);
    while (at < frames) {
        while (is_more && next <= at) {
            if (kind == "on") poly.keyOn(0, int(key), int(velocity));
            else poly.keyOff(0, int(key), 0);
            is_more = bool(std::cin >> next >> kind >> key >> velocity);
        }
        int end = is_more && next < frames ? next : frames;
        for (; at < end;) {
            const int count = std::min(block, end - at);
            std::vector<FAUSTFLOAT*> given, made;
            for (auto& channel : mix) given.push_back(channel.data() + at);
            for (auto& channel : out) made.push_back(channel.data() + at);
            poly.compute(count, nullptr, given.data());
            effect.compute(count, given.data(), made.data());
            at += count;
        }
    }
    for (int frame = 0; frame < frames; ++frame)
        for (auto& channel : out) std::fwrite(&channel[frame], sizeof(FAUSTFLOAT), 1, stdout);
    return 0;
}
