// Runs the program in program.h on an OpenCL device, block by block: sound in, sound out.
#define CL_HPP_ENABLE_EXCEPTIONS
#define CL_HPP_MINIMUM_OPENCL_VERSION 120
#define CL_HPP_TARGET_OPENCL_VERSION 120
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/opencl.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>

#include "program.h"
#include "sound.hpp"

namespace {

using Real = program::Real;
using Failure = std::runtime_error;

const cl_device_info MSMC_SIZE_TI = 0x4060;      // CL_DEVICE_MSMC_MEM_SIZE_TI
const cl_mem_flags USE_MSMC_TI = cl_mem_flags(1) << 20; // CL_MEM_USE_MSMC_TI
const size_t HEAP_HEADER = 2048, HEAP_BLOCK = 32; // what a heap needs for itself and each block

struct Options {
    std::string platform, input, output;
    std::vector<std::pair<std::string, double>> settings;
    double seconds = -1;
    int rate = 0, block = 512, voices = 1;
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
            options.seconds = number(value(), name);
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

std::string lower(std::string text)
{
    for (char &c : text)
        c = char(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

struct Choice {
    cl::Device device;
    std::string told; // for people
};

std::vector<Choice> all_devices()
{
    std::vector<cl::Platform> platforms;
    try {
        cl::Platform::get(&platforms);
    } catch (const cl::Error &) { // none is an error to the loader
    }
    std::vector<Choice> found;
    for (const cl::Platform &platform : platforms) {
        std::vector<cl::Device> devices;
        try {
            platform.getDevices(CL_DEVICE_TYPE_ALL, &devices);
        } catch (const cl::Error &) {
        }
        for (const cl::Device &device : devices)
            found.push_back({device, device.getInfo<CL_DEVICE_NAME>() + " (" +
                                         platform.getInfo<CL_PLATFORM_NAME>() + ", " +
                                         platform.getInfo<CL_PLATFORM_VERSION>() + ")"});
    }
    return found;
}

bool is_gpu(const cl::Device &device)
{
    return (device.getInfo<CL_DEVICE_TYPE>() & CL_DEVICE_TYPE_GPU) != 0;
}

Choice choose_device(const std::string &wanted)
{
    std::vector<Choice> found = all_devices();
    if (found.empty())
        throw Failure("there is no OpenCL device here; install your GPU's driver, or PoCL");
    std::string there;
    std::vector<Choice> fitting;
    bool named = false;
    for (const Choice &choice : found) {
        there += "\n  there is " + choice.told;
        if (lower(choice.told).find(lower(wanted)) == std::string::npos)
            continue;
        named = true;
        const std::string extensions = choice.device.getInfo<CL_DEVICE_EXTENSIONS>();
        if (sizeof(Real) == 4 || extensions.find("cl_khr_fp64") != std::string::npos)
            fitting.push_back(choice);
    }
    if (!named)
        throw Failure("no device or platform has \"" + wanted + "\" in its name" + there);
    if (fitting.empty())
        throw Failure("no such device has double precision; compile with -single" + there);
    const auto gpu = [](const Choice &choice) { return is_gpu(choice.device); };
    const auto first = std::find_if(fitting.begin(), fitting.end(), gpu);
    return first == fitting.end() ? fitting.front() : *first;
}

int power_of_two(int number)
{
    int power = 1;
    while (power < number)
        power *= 2;
    return power;
}

/// How many voices a work-item takes, and how many lie side by side in memory.
struct Shape {
    int voices, tile = 1, lanes = 1;

    Shape(const cl::Device &device, int wanted, bool has_msmc) : voices(wanted)
    {
        if (program::APART || has_msmc || wanted == 1)
            return;
        if (is_gpu(device)) {
            tile = std::min(32, power_of_two(wanted));
        } else if (program::LANES) {
            const cl_uint width = sizeof(Real) == 4
                                      ? device.getInfo<CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT>()
                                      : device.getInfo<CL_DEVICE_NATIVE_VECTOR_WIDTH_DOUBLE>();
            tile = lanes = std::min(power_of_two(wanted), std::max(1, int(width)));
        }
        voices = (wanted + tile - 1) / tile * tile;
    }

    /// Where element `k` of `extent` of a voice lies.
    size_t place(size_t voice, size_t k, size_t extent) const
    {
        return voice / tile * tile * extent + k * tile + voice % tile;
    }
};

class Player {
  public:
    Player(const Options &options, const Choice &choice)
        : options_(options), choice_(choice), context_(choice.device),
          queue_(context_, choice.device), msmc_(msmc_bytes()),
          shape_(choice.device, options.voices, msmc_ > 0)
    {
        const cl_ulong local = choice.device.getInfo<CL_DEVICE_LOCAL_MEM_SIZE>();
        if (program::NEAR_BYTES > local)
            throw Failure("the program needs " + std::to_string(program::NEAR_BYTES) +
                          " bytes of local memory, and " + choice.told + " has " +
                          std::to_string(local) + "; compile with another --heap");
        build();
        make_zones();
        make_memory();
        make_files();
    }

    void set(const std::string &path, double value)
    {
        const size_t count = program::ZONES.size();
        size_t found = count;
        for (size_t i = 0; i < count; ++i)
            if (!program::ZONES[i].is_meter && sound::ends_with(program::ZONES[i].path, path))
                found = found == count || program::ZONES[i].path == path ? i : found;
        if (found == count)
            throw Failure("no control's path ends in " + path + " (--controls lists them)");
        for (int voice = 0; voice < shape_.voices; ++voice)
            zones_[shape_.place(voice, found, count)] = Real(value);
    }

    /// Allocates, fills tables, clears state. Heaps are made once for the device, before that.
    void start(int rate)
    {
        write(zone_buffer_, zones_);
        for (size_t i = 0; i < heaps_.size(); ++i) {
            cl::Kernel init(program_, i ? "dspc_heap_init_msmc" : "dspc_heap_init_ddr");
            init.setArg(0, heaps_[i]);
            init.setArg(1, cl_uint(heap_bytes_[i]));
            run(init, 1);
        }
        cl::Buffer missing(context_, CL_MEM_READ_WRITE, sizeof(cl_int));
        cl::Kernel init = kernel("init");
        init.setArg(0, cl_int(shape_.voices));
        init.setArg(1, cl_int(rate));
        init.setArg(2, missing);
        give_memory(init, 3);
        run(init, 1);
        cl_int fault = 0;
        queue_.enqueueReadBuffer(missing, CL_TRUE, 0, sizeof fault, &fault);
        if (fault)
            throw Failure(std::string("the heap has no room for ") +
                          program::BLOCKS[fault - 1].name + "; use fewer voices");
        started_ = true;
        cl::Kernel reset = kernel("reset");
        reset.setArg(0, cl_int(shape_.voices));
        reset.setArg(1, cl_int(rate));
        reset.setArg(2, zone_buffer_);
        give_memory(reset, 3);
        run(reset, shape_.voices);
        compute_ = kernel("compute");
    }

    /// One block: `heard` has a row for each input, `made` gets one for each output of each voice.
    void block(int frames, const std::vector<Real> &heard, std::vector<Real> &made)
    {
        const size_t samples = size_t(shape_.voices) * program::OUTPUTS * frames;
        if (frames > longest_) {
            longest_ = frames;
            const size_t bytes = std::max<size_t>(heard.size(), 1) * sizeof(Real);
            heard_ = buffer(bytes, 0);
            made_ = buffer(std::max<size_t>(samples, 1) * sizeof(Real), 0);
        }
        write(heard_, heard);
        const cl_int counts[] = {frames, shape_.voices, 1, turn_};
        cl_uint at = 0;
        for (const cl_int count : counts)
            compute_.setArg(at++, count);
        compute_.setArg(at++, heard_);
        compute_.setArg(at++, made_);
        for (const cl::Buffer &file : files_)
            compute_.setArg(at++, file);
        compute_.setArg(at++, zone_buffer_);
        give_memory(compute_, at);
        if (program::LOCAL_ARGUMENT)
            compute_.setArg(compute_.getInfo<CL_KERNEL_NUM_ARGS>() - 1,
                            cl::Local(std::max<size_t>(program::NEAR_BYTES, 8)));
        run(compute_, shape_.voices / shape_.lanes);
        turn_ = 1 - turn_;
        std::vector<Real> tiled(samples);
        if (samples)
            queue_.enqueueReadBuffer(made_, CL_TRUE, 0, samples * sizeof(Real), tiled.data());
        const size_t extent = size_t(program::OUTPUTS) * frames;
        made.resize(extent * options_.voices);
        for (int voice = 0; voice < options_.voices; ++voice)
            for (size_t k = 0; k < extent; ++k)
                made[voice * extent + k] = tiled[shape_.place(voice, k, extent)];
    }

    /// Gives all memory back to the heaps.
    void stop()
    {
        if (!started_ || !program::HEAP)
            return;
        cl::Kernel destroy = kernel("destroy");
        give_memory(destroy, 0);
        run(destroy, 1);
        queue_.finish();
    }

  private:
    const Options &options_;
    Choice choice_;
    cl::Context context_;
    cl::CommandQueue queue_;
    size_t msmc_;
    Shape shape_;
    cl::Program program_;
    cl::Kernel compute_;
    std::vector<Real> zones_;
    cl::Buffer zone_buffer_, handles_, heard_, made_;
    std::vector<cl::Buffer> heaps_, files_;
    std::vector<size_t> heap_bytes_;
    int longest_ = 0;
    cl_int turn_ = 0;
    bool started_ = false;

    /// Bytes of on-chip memory that the device offers for buffers: only some of TI's do.
    size_t msmc_bytes() const
    {
        cl_ulong bytes = 0;
        const cl_int status =
            clGetDeviceInfo(choice_.device(), MSMC_SIZE_TI, sizeof bytes, &bytes, nullptr);
        return status == CL_SUCCESS ? size_t(bytes) : 0;
    }

    void build()
    {
        std::string text;
        for (const char *part : program::SOURCE)
            text += part;
        program_ = cl::Program(context_, text);
        const std::string flags = "-w -DDSPC_TILE=" + std::to_string(shape_.tile) +
                                  " -DDSPC_LANES=" + std::to_string(shape_.lanes);
        try {
            program_.build(flags.c_str());
        } catch (const cl::Error &) {
            throw Failure(choice_.told + " cannot build the kernels:\n" +
                          program_.getBuildInfo<CL_PROGRAM_BUILD_LOG>(choice_.device));
        }
    }

    cl::Kernel kernel(const std::string &what)
    {
        return cl::Kernel(program_, (std::string(program::NAME) + "_" + what).c_str());
    }

    void run(cl::Kernel &kernel, int items)
    {
        int group = shape_.lanes == 1 ? shape_.tile : 1;
        while (items % group)
            group /= 2;
        queue_.enqueueNDRangeKernel(kernel, cl::NullRange, cl::NDRange(items), cl::NDRange(group));
    }

    /// Handles and heaps, or the arena; TI's kernels know their heaps and take none.
    void give_memory(cl::Kernel &kernel, cl_uint at)
    {
        const cl_uint count = kernel.getInfo<CL_KERNEL_NUM_ARGS>();
        kernel.setArg(at++, handles_);
        for (const cl::Buffer &heap : heaps_)
            if (at < count)
                kernel.setArg(at++, heap);
    }

    cl::Buffer buffer(size_t bytes, cl_mem_flags flags)
    {
        const cl_ulong most = choice_.device.getInfo<CL_DEVICE_MAX_MEM_ALLOC_SIZE>();
        if (bytes > most)
            throw Failure(choice_.told + " has no buffers of " + std::to_string(bytes) +
                          " bytes; use fewer voices or shorter blocks");
        return cl::Buffer(context_, CL_MEM_READ_WRITE | flags, std::max<size_t>(bytes, 8));
    }

    template <typename T> void write(const cl::Buffer &to, const std::vector<T> &values)
    {
        if (!values.empty())
            queue_.enqueueWriteBuffer(to, CL_TRUE, 0, values.size() * sizeof(T), values.data());
    }

    void make_zones()
    {
        const size_t count = program::ZONES.size();
        zones_.assign(count * shape_.voices, Real(0));
        for (int voice = 0; voice < shape_.voices; ++voice)
            for (size_t i = 0; i < count; ++i)
                zones_[shape_.place(voice, i, count)] = Real(program::ZONES[i].init);
        zone_buffer_ = buffer(zones_.size() * sizeof(Real), 0);
    }

    void make_memory()
    {
        size_t need[2] = {0, 0}, blocks[2] = {0, 0};
        for (const program::Block &block : program::BLOCKS) {
            const size_t times = block.is_shared ? 1 : size_t(shape_.voices);
            need[block.in_msmc] += block.bytes * times + block.gap;
            ++blocks[block.in_msmc];
        }
        if (!program::HEAP) {
            handles_ = buffer(need[0] + need[1] + 8, 0);
            return;
        }
        handles_ = buffer(8 * program::BLOCKS.size(), 0);
        for (int space = 0; space < 2; ++space) {
            size_t bytes = need[space] + HEAP_HEADER + HEAP_BLOCK * blocks[space];
            bytes = blocks[space] ? (bytes + 7) & ~size_t(7) : 8;
            if (bytes > 0x7fffffff)
                throw Failure("a heap ends at 2 GiB; use fewer voices, or compile with "
                              "--heap static");
            heap_bytes_.push_back(bytes);
            heaps_.push_back(buffer(bytes, space && msmc_ >= bytes ? USE_MSMC_TI : 0));
        }
    }

    void make_files();
};

/// The parts of a slot's sound files, one after the other; silence where there is no file.
void Player::make_files()
{
    const int silent_frames = 1024, silent_rate = 44100, most_parts = 256;
    for (const program::Slot &slot : program::SLOTS) {
        std::vector<std::vector<std::vector<Real>>> parts;
        std::vector<cl_int> lengths, rates, starts;
        size_t channels = 1;
        for (const char *name : slot.files) {
            std::vector<std::vector<Real>> rows(1, std::vector<Real>(silent_frames, Real(0)));
            int rate = silent_rate;
            try {
                sound::Reader<Real> reader(name, 1);
                rows.assign(size_t(reader.channels), {});
                rate = reader.rate;
                std::vector<std::vector<Real>> some;
                while (const int found = reader.read(some, 65536))
                    for (size_t c = 0; c < rows.size(); ++c)
                        rows[c].insert(rows[c].end(), some[c].begin(), some[c].begin() + found);
            } catch (const std::exception &fault) {
                std::cerr << "warning: " << fault.what() << "; it is silent\n";
            }
            channels = std::max(channels, rows.size());
            rates.push_back(rate);
            parts.push_back(rows);
        }
        std::vector<std::vector<Real>> whole_rows(channels);
        for (const auto &rows : parts) {
            starts.push_back(cl_int(whole_rows[0].size()));
            lengths.push_back(cl_int(rows[0].size()));
            for (size_t c = 0; c < channels; ++c) {
                const std::vector<Real> &row = rows[c % rows.size()];
                whole_rows[c].insert(whole_rows[c].end(), row.begin(), row.end());
            }
        }
        starts.resize(most_parts, cl_int(whole_rows[0].size()));
        lengths.resize(most_parts, silent_frames);
        rates.resize(most_parts, silent_rate);
        std::vector<Real> samples;
        for (std::vector<Real> &row : whole_rows) {
            row.resize(row.size() + silent_frames, Real(0));
            samples.insert(samples.end(), row.begin(), row.end());
        }
        std::vector<cl_int> table = {cl_int(channels), cl_int(whole_rows[0].size())};
        for (const auto *column : {&lengths, &rates, &starts})
            table.insert(table.end(), column->begin(), column->end());
        files_.push_back(buffer(samples.size() * sizeof(Real), 0));
        write(files_.back(), samples);
        files_.push_back(buffer(table.size() * sizeof(cl_int), 0));
        write(files_.back(), table);
    }
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
    Player player(options, choice);
    for (const auto &setting : options.settings)
        player.set(setting.first, setting.second);
    player.start(rate);

    std::unique_ptr<sound::Writer<Real>> writer;
    if (!options.output.empty())
        writer.reset(new sound::Writer<Real>(
            options.output, std::max(1, program::OUTPUTS * options.voices), rate));
    const bool until_end = options.seconds < 0 && reader;
    const double seconds = options.seconds < 0 ? 5.0 : options.seconds;
    long long left = until_end ? -1 : std::llround(seconds * rate), done = 0;
    std::vector<std::vector<Real>> rows;
    std::vector<Real> heard, made;
    while (left) {
        int frames = left < 0 ? options.block : int(std::min<long long>(options.block, left));
        if (reader) {
            const int found = reader->read(rows, frames);
            if (until_end && !found)
                break;
            frames = until_end ? found : frames;
        }
        heard.assign(size_t(program::INPUTS) * frames, Real(0));
        for (int channel = 0; channel < program::INPUTS; ++channel)
            for (int frame = 0; frame < frames; ++frame)
                heard[size_t(channel) * frames + frame] =
                    reader ? rows[channel % rows.size()][frame] : options.noise ? noise() : Real(0);
        player.block(frames, heard, made);
        if (writer && program::OUTPUTS)
            writer->write(made, frames);
        left -= left < 0 ? 0 : frames;
        done += frames;
    }
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
