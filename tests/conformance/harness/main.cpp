// Renders one generated class: an impulse on every input, then seeded noise, buttons held for the
// first block. With `split`, renders again with each block cut at a random point and says how far
// the two are apart. Samples go to a file of doubles [run][output][frame], the rest to a JSON file.
//
// usage: main SAMPLES JSON FRAMES RATE SEED SPLIT

#include "glue.h"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

dsp* make_dsp();
Soundfile* defaultsound = nullptr;

namespace {

constexpr int kBlock = 64;

struct Random {
    uint64_t state;
    uint32_t next() {  // splitmix64
        uint64_t z = (state += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return uint32_t((z ^ (z >> 31)) >> 32);
    }
    double sample() { return double(next()) / 2147483648.0 - 1.0; }
};

std::string quoted(const char* text) {
    std::string result = "\"";
    for (const char* c = text ? text : ""; *c; ++c) {
        char escape[8];
        if (*c == '"' || *c == '\\' || (unsigned char)*c < 0x20) {
            std::snprintf(escape, sizeof escape, "\\u%04x", (unsigned char)*c);
            result += escape;
        } else {
            result += *c;
        }
    }
    return result + "\"";
}

std::string number(double value) {
    char text[40];
    if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity";
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
}

// Three parts of different lengths and rates, two channels repeated up to the most there can be.
Soundfile* test_sound() {
    const int lengths[] = {1000, 333, 5000};
    const int rates[] = {44100, 22050, 48000};
    static Soundfile* sound = nullptr;
    if (sound) return sound;
    sound = new Soundfile(2, 1000 + 333 + 5000, MAX_CHAN, 3, true);
    int offset = 0;
    for (int part = 0; part < MAX_SOUNDFILE_PARTS; ++part) {
        const int known = part < 3 ? part : 2;
        sound->fLength[part] = lengths[known];
        sound->fSR[part] = rates[known];
        sound->fOffset[part] = part < 3 ? offset : sound->fOffset[2];
        if (part < 3) offset += lengths[part];
    }
    double** channels = static_cast<double**>(sound->fBuffers);
    for (int channel = 0; channel < 2; ++channel)
        for (int i = 0; i < offset; ++i) channels[channel][i] = std::sin(0.01 * (i + 1) * (channel + 1));
    sound->shareBuffers(2, MAX_CHAN);
    return sound;
}

// Writes down every call in order, and keeps the buttons.
struct Recorder : UI {
    std::string events;
    std::vector<FAUSTFLOAT*> buttons;

    void event(const std::string& fields) { events += (events.empty() ? "" : ",\n") + ("[" + fields + "]"); }
    void control(const char* kind, const char* label, std::vector<double> numbers) {
        std::string fields = quoted(kind) + "," + quoted(label);
        for (double value : numbers) fields += "," + number(value);
        event(fields);
    }
    void openTabBox(const char* label) override { control("tgroup", label, {}); }
    void openHorizontalBox(const char* label) override { control("hgroup", label, {}); }
    void openVerticalBox(const char* label) override { control("vgroup", label, {}); }
    void closeBox() override { event("\"close\",\"\""); }
    void addButton(const char* label, FAUSTFLOAT* zone) override {
        buttons.push_back(zone);
        control("button", label, {});
    }
    void addCheckButton(const char* label, FAUSTFLOAT*) override { control("checkbox", label, {}); }
    void addVerticalSlider(const char* label, FAUSTFLOAT*, FAUSTFLOAT init, FAUSTFLOAT low,
                           FAUSTFLOAT high, FAUSTFLOAT step) override {
        control("vslider", label, {init, low, high, step});
    }
    void addHorizontalSlider(const char* label, FAUSTFLOAT*, FAUSTFLOAT init, FAUSTFLOAT low,
                             FAUSTFLOAT high, FAUSTFLOAT step) override {
        control("hslider", label, {init, low, high, step});
    }
    void addNumEntry(const char* label, FAUSTFLOAT*, FAUSTFLOAT init, FAUSTFLOAT low,
                     FAUSTFLOAT high, FAUSTFLOAT step) override {
        control("nentry", label, {init, low, high, step});
    }
    void addHorizontalBargraph(const char* label, FAUSTFLOAT*, FAUSTFLOAT low,
                               FAUSTFLOAT high) override {
        control("hbargraph", label, {low, high});
    }
    void addVerticalBargraph(const char* label, FAUSTFLOAT*, FAUSTFLOAT low,
                             FAUSTFLOAT high) override {
        control("vbargraph", label, {low, high});
    }
    void addSoundfile(const char* label, const char* url, Soundfile** zone) override {
        *zone = test_sound();
        event("\"soundfile\"," + quoted(label) + "," + quoted(url));
    }
    void declare(FAUSTFLOAT*, const char* key, const char* value) override {
        event("\"declare\"," + quoted(key) + "," + quoted(value));
    }
};

struct Keys : Meta {
    std::string pairs;
    void declare(const char* key, const char* value) override {
        pairs += (pairs.empty() ? "" : ",\n") + ("[" + quoted(key) + "," + quoted(value) + "]");
    }
};

using Channels = std::vector<std::vector<FAUSTFLOAT>>;

Channels render(const Channels& inputs, int outputs, int rate, Random* split) {
    const int frames = int(inputs.back().size());
    dsp* instance = make_dsp();
    Recorder ui;
    instance->buildUserInterface(&ui);
    instance->init(rate);
    Channels result(outputs, std::vector<FAUSTFLOAT>(frames));
    for (FAUSTFLOAT* button : ui.buttons) *button = 1;
    for (int start = 0; start < frames; start += kBlock) {
        if (start == kBlock)
            for (FAUSTFLOAT* button : ui.buttons) *button = 0;
        const int size = frames - start < kBlock ? frames - start : kBlock;
        const int cut = split ? int(split->next() % uint32_t(size + 1)) : size;
        const int parts[][2] = {{start, cut}, {start + cut, size - cut}};
        for (const auto& part : parts) {
            if (part[1] == 0) continue;
            std::vector<FAUSTFLOAT*> in, out;
            // One channel more than there is, so that data() is never null; the last is not read.
            for (const auto& channel : inputs) in.push_back(const_cast<FAUSTFLOAT*>(&channel[part[0]]));
            for (auto& channel : result) out.push_back(&channel[part[0]]);
            out.push_back(nullptr);
            instance->compute(part[1], in.data(), out.data());
        }
    }
    delete instance;
    return result;
}

struct Difference {
    double largest = 0;
    int frame = -1, output = -1;
};

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void measure(const Channels& a, const Channels& b, Difference& found) {
    for (size_t output = 0; output < a.size(); ++output)
        for (size_t i = 0; i < a[output].size(); ++i) {
            const double x = a[output][i], y = b[output][i];
            if (same(x, y)) continue;
            const double apart = std::isfinite(x - y) ? std::fabs(x - y) : INFINITY;
            if (apart > found.largest) found = {apart, int(i), int(output)};
        }
}

}  // namespace

int main(int, char** arguments) {
    const int frames = std::atoi(arguments[3]), rate = std::atoi(arguments[4]);
    const uint64_t seed = std::strtoull(arguments[5], nullptr, 10);
    const bool split = arguments[6][0] == '1';
    defaultsound = test_sound();

    dsp* described = make_dsp();
    const int outputs = described->getNumOutputs(), inputs = described->getNumInputs();
    Recorder ui;
    Keys metadata;
    described->buildUserInterface(&ui);
    described->metadata(&metadata);
    delete described;

    Channels impulse(inputs + 1, std::vector<FAUSTFLOAT>(frames)), noise = impulse;
    Random random{seed};
    for (int channel = 0; channel < inputs; ++channel) {
        impulse[channel][0] = 1;
        for (FAUSTFLOAT& value : noise[channel]) value = FAUSTFLOAT(random.sample());
    }

    FILE* samples = std::fopen(arguments[1], "wb");
    Difference difference;
    for (const Channels* input : {&impulse, &noise}) {
        const Channels whole = render(*input, outputs, rate, nullptr);
        for (const auto& channel : whole) std::fwrite(channel.data(), sizeof(FAUSTFLOAT), frames, samples);
        if (split) measure(whole, render(*input, outputs, rate, &random), difference);
    }
    if (std::fclose(samples) != 0) return 1;

    FILE* json = std::fopen(arguments[2], "w");
    std::fprintf(json, "{\"inputs\":%d,\"outputs\":%d,\n\"ui\":[%s],\n\"metadata\":[%s],\n", inputs,
                 outputs, ui.events.c_str(), metadata.pairs.c_str());
    std::fprintf(json, "\"split\":[%s,%d,%d]}\n", number(difference.largest).c_str(),
                 difference.frame, difference.output);
    return std::fclose(json) != 0;
}
