// Runs the program in program.h on an OpenCL device, block by block: sound in, sound out.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "player.hpp"
#include "sound.hpp"

namespace {

struct Options {
    std::string platform, input, output;
    std::vector<std::pair<std::string, double>> settings;
    double seconds = -1;
    int rate = 0, block = 4096, voices = 1;
    bool noise = false, list = false, controls = false;
};

[[noreturn]] void usage(const std::string &fault)
{
    if (!fault.empty())
        std::cerr << "error: " << fault << "\n";
    std::cerr << "usage: " << program::NAME
              << " [-i FILE.wav|FILE.raw] [-o FILE.wav|FILE.raw] [--noise] [--seconds S]\n"
                 "       [--rate HZ] [--block FRAMES] [--voices N] [--set PATH=VALUE]...\n"
                 "       [--platform TEXT] [--list] [--controls]\n"
                 "Raw files hold "
              << (sizeof(Real) == 8 ? "64" : "32")
              << "-bit floats, a frame of all channels after the other.\n";
    std::exit(fault.empty() ? 0 : 2);
}

double number(const std::string &text, const std::string &what)
{
    char *end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end)
        usage(what + ": " + text + " is no number");
    return value;
}

int whole(const std::string &text, const std::string &what)
{
    const double value = number(text, what);
    if (!(value >= 1 && value <= 1e9) || value != std::floor(value))
        usage(what + " takes a whole number from 1 on, not " + text);
    return int(value);
}

double duration(const std::string &text, const std::string &what)
{
    const double value = number(text, what);
    if (!(value >= 0 && value <= 1e9))
        usage(what + " takes seconds from 0 on, not " + text);
    return value;
}

Options read_options(int argc, char **argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        const auto value = [&]() -> std::string {
            if (++i >= argc)
                usage(name + " needs a value");
            return argv[i];
        };
        if (name == "-i")
            options.input = value();
        else if (name == "-o")
            options.output = value();
        else if (name == "--platform")
            options.platform = value();
        else if (name == "--seconds")
            options.seconds = duration(value(), name);
        else if (name == "--rate")
            options.rate = whole(value(), name);
        else if (name == "--block")
            options.block = whole(value(), name);
        else if (name == "--voices")
            options.voices = whole(value(), name);
        else if (name == "--noise")
            options.noise = true;
        else if (name == "--list")
            options.list = true;
        else if (name == "--controls")
            options.controls = true;
        else if (name == "--set") {
            const std::string text = value();
            const size_t at = text.rfind('=');
            if (at == std::string::npos)
                usage("--set takes PATH=VALUE, not " + text);
            options.settings.emplace_back(text.substr(0, at), number(text.substr(at + 1), text));
        } else if (name == "-h" || name == "--help")
            usage("");
        else
            usage("there is no option " + name);
    }
    if (options.noise && !options.input.empty())
        usage("-i and --noise exclude each other");
    return options;
}

/// White noise of half amplitude; the same in every run.
Real noise()
{
    static uint32_t state = 1;
    state = state * 1664525u + 1013904223u;
    return Real(int32_t(state)) / Real(4294967296.0);
}

void play(const Options &options)
{
    const Choice choice = choose_device(options.platform);
    std::cerr << "running on " << choice.told << "\n";
    std::unique_ptr<sound::Reader<Real>> reader;
    if (!options.input.empty())
        reader.reset(new sound::Reader<Real>(options.input, program::INPUTS));
    const int given = options.rate ? options.rate : 48000;
    const int rate = reader && reader->rate ? reader->rate : given;
    if (options.rate && rate != options.rate)
        throw Failure(options.input + " has " + std::to_string(rate) + " frames a second");
    Player player(options.voices, choice);
    for (const auto &setting : options.settings)
        player.set(setting.first, setting.second);
    player.start(rate, options.block);

    std::unique_ptr<sound::Writer<Real>> writer;
    if (!options.output.empty())
        writer.reset(new sound::Writer<Real>(
            options.output, std::max(1, program::OUTPUTS * options.voices), rate));
    const bool until_end = options.seconds < 0 && reader;
    const double seconds = options.seconds < 0 ? 5.0 : options.seconds;
    long long left = until_end ? -1 : std::llround(seconds * rate), done = 0;
    std::vector<std::vector<Real>> rows;
    std::vector<Real> heard, made;
    const auto write = [&]() {
        const int frames = player.take(made);
        if (writer && program::OUTPUTS)
            writer->write(made, frames);
    };
    while (left) {
        int frames = left < 0 ? options.block : int(std::min<long long>(options.block, left));
        if (reader) {
            const int found = reader->read(rows, frames);
            if (until_end && !found)
                break;
            frames = until_end ? found : frames;
        }
        heard.assign(size_t(program::INPUTS) * frames, Real(0));
        // Frame by frame, so that noise does not depend on the length of blocks.
        for (int frame = 0; frame < frames; ++frame)
            for (int channel = 0; channel < program::INPUTS; ++channel)
                heard[size_t(channel) * frames + frame] =
                    reader ? rows[channel % rows.size()][frame] : options.noise ? noise() : Real(0);
        while (player.is_full())
            write();
        player.put(frames, heard);
        left -= left < 0 ? 0 : frames;
        done += frames;
    }
    player.send();
    while (!player.is_empty())
        write();
    player.stop();
    if (writer)
        writer->close();
    std::cerr << done << " frames of " << options.voices << " voices at " << rate << " Hz\n";
}

void list_controls()
{
    for (const program::Zone &zone : program::ZONES)
        std::cout << zone.path << (zone.is_meter ? "  meter " : "  ") << zone.init << " in "
                  << zone.low << ".." << zone.high << "\n";
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = read_options(argc, argv);
    try {
        if (options.controls)
            list_controls();
        else if (options.list)
            for (const Choice &choice : all_devices())
                std::cout << choice.told << "\n";
        else
            play(options);
        return 0;
    } catch (const cl::Error &fault) {
        const int code = fault.err();
        std::cerr << "error: OpenCL: " << fault.what() << " failed (" << code << ")";
        if (code == CL_MEM_OBJECT_ALLOCATION_FAILURE || code == CL_OUT_OF_RESOURCES ||
            code == CL_OUT_OF_HOST_MEMORY)
            std::cerr << ": out of memory; use fewer voices or shorter blocks";
        std::cerr << "\n";
    } catch (const std::exception &fault) {
        std::cerr << "error: " << fault.what() << "\n";
    }
    return 1;
}
