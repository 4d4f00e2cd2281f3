// Runs many generated classes of one program, each with the same inputs, blocks and widget values.
// A record for each entry goes to a file: its number, inputs and outputs (int32), then its samples
// (double, [output][frame]). A crash leaves the records before it; start again behind it.
//
// usage: batch STIMULUS RECORDS FIRST

#include "glue.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cmath>
#include <vector>

#include "batch.h"

Soundfile* defaultsound = nullptr;

namespace {

// The widgets that a player can move, in the order of the interface.
struct Zones : UI {
    struct Zone {
        FAUSTFLOAT* at;
        double low, high;
        bool button;
    };
    std::vector<Zone> zones;
    void slider(FAUSTFLOAT* zone, double low, double high) { zones.push_back({zone, low, high, false}); }
    void openTabBox(const char*) override {}
    void openHorizontalBox(const char*) override {}
    void openVerticalBox(const char*) override {}
    void closeBox() override {}
    void addButton(const char*, FAUSTFLOAT* zone) override { zones.push_back({zone, 0, 1, true}); }
    void addCheckButton(const char*, FAUSTFLOAT* zone) override { zones.push_back({zone, 0, 1, true}); }
    void addVerticalSlider(const char*, FAUSTFLOAT* zone, FAUSTFLOAT, FAUSTFLOAT low, FAUSTFLOAT high, FAUSTFLOAT) override { slider(zone, low, high); }
    void addHorizontalSlider(const char*, FAUSTFLOAT* zone, FAUSTFLOAT, FAUSTFLOAT low, FAUSTFLOAT high, FAUSTFLOAT) override { slider(zone, low, high); }
    void addNumEntry(const char*, FAUSTFLOAT* zone, FAUSTFLOAT, FAUSTFLOAT low, FAUSTFLOAT high, FAUSTFLOAT) override { slider(zone, low, high); }
    void addHorizontalBargraph(const char*, FAUSTFLOAT*, FAUSTFLOAT, FAUSTFLOAT) override {}
    void addVerticalBargraph(const char*, FAUSTFLOAT*, FAUSTFLOAT, FAUSTFLOAT) override {}
    void addSoundfile(const char*, const char*, Soundfile** zone) override { *zone = defaultsound; }
    void declare(FAUSTFLOAT*, const char*, const char*) override {}
};

// What every entry is given.
struct Stimulus {
    int rate, frames, channels, blocks, widgets;
    std::vector<int32_t> sizes;
    std::vector<double> fractions, inputs;
};

template <typename T>
std::vector<T> read(FILE* file, size_t count) {
    std::vector<T> values(count);
    if (std::fread(values.data(), sizeof(T), count, file) != count) std::exit(3);
    return values;
}

Stimulus load(const char* path) {
    FILE* file = std::fopen(path, "rb");
    if (!file) std::exit(3);
    const std::vector<int32_t> head = read<int32_t>(file, 5);
    Stimulus s{head[0], head[1], head[2], head[3], head[4], {}, {}, {}};
    s.sizes = read<int32_t>(file, s.blocks);
    s.fractions = read<double>(file, size_t(s.blocks) * s.widgets);
    s.inputs = read<double>(file, size_t(s.channels) * s.frames);
    std::fclose(file);
    return s;
}

// Parts of 1024 silent frames, as where no file was found.
Soundfile* silence() {
    Soundfile* sound = new Soundfile(1, 1024, MAX_CHAN, MAX_SOUNDFILE_PARTS, true);
    for (int part = 0; part < MAX_SOUNDFILE_PARTS; ++part) {
        sound->fLength[part] = 1024;
        sound->fSR[part] = 44100;
        sound->fOffset[part] = 0;
    }
    double* channel = static_cast<double**>(sound->fBuffers)[0];
    for (int i = 0; i < 1024; ++i) channel[i] = 0;
    sound->shareBuffers(1, MAX_CHAN);
    return sound;
}

void play(int number, const Stimulus& s, FILE* records) {
    dsp* instance = batch_entries[number]();
    Zones ui;
    instance->buildUserInterface(&ui);
    instance->init(s.rate);
    const int inputs = instance->getNumInputs(), outputs = instance->getNumOutputs();
    std::vector<FAUSTFLOAT> made(size_t(outputs) * s.frames);
    int start = 0;
    for (int block = 0; block < s.blocks; ++block) {
        for (size_t z = 0; z < ui.zones.size(); ++z) {
            const double f = s.fractions[block * s.widgets + z % s.widgets];
            const Zones::Zone& zone = ui.zones[z];
            *zone.at = zone.button ? (f > 0.5 ? 1.0 : 0.0) : zone.low + f * (zone.high - zone.low);
        }
        std::vector<FAUSTFLOAT*> in, out;
        for (int c = 0; c < inputs; ++c)
            in.push_back(const_cast<FAUSTFLOAT*>(&s.inputs[size_t(c % s.channels) * s.frames + start]));
        for (int c = 0; c < outputs; ++c) out.push_back(&made[size_t(c) * s.frames + start]);
        in.push_back(nullptr);
        out.push_back(nullptr);
        instance->compute(s.sizes[block], in.data(), out.data());
        start += s.sizes[block];
    }
    const int32_t head[] = {number, inputs, outputs};
    std::fwrite(head, sizeof head, 1, records);
    std::fwrite(made.data(), sizeof(FAUSTFLOAT), made.size(), records);
    std::fflush(records);
    delete instance;
}

}  // namespace

int main(int, char** arguments) {
    const Stimulus stimulus = load(arguments[1]);
    defaultsound = silence();
    FILE* records = std::fopen(arguments[2], "ab");
    for (int number = std::atoi(arguments[3]); number < batch_count; ++number)
        play(number, stimulus, records);
    return std::fclose(records) != 0;
}
