// The program on a device: its memory, and blocks of sound that pass through it.
#pragma once
#include "device.hpp"
#include "sound.hpp"

#include <iostream>

const cl_device_info MSMC_SIZE_TI = 0x4060;             // CL_DEVICE_MSMC_MEM_SIZE_TI
const cl_mem_flags USE_MSMC_TI = cl_mem_flags(1) << 20; // CL_MEM_USE_MSMC_TI
const size_t HEAP_HEADER = 2048, HEAP_BLOCK = 32; // what a heap needs for itself and each block
const size_t SLOTS = 4;                           // blocks that are on their way at once

class Player {
  public:
    Player(int voices, const Choice &choice)
        : voices_(voices), choice_(choice), context_(choice.device),
          queue_(context_, choice.device), msmc_(msmc_bytes()),
          shape_(choice.device, voices, msmc_ > 0)
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
        for (const program::Round &round : program::ROUNDS)
            for (const program::Launch &launch : round.launches)
                computing_.push_back(kernel(launch.kernel));
    }

    /// Whether a block has to be taken out before the next can be put in.
    bool is_full() const { return put_ - taken_ == SLOTS; }

    bool is_empty() const { return put_ == taken_; }

    /// Has a block computed, and does not wait for it: `heard` has a row for each input.
    void put(int frames, const std::vector<Real> &heard)
    {
        Slot &slot = slots_[put_++ % SLOTS];
        slot.frames = frames;
        slot.heard = heard; // the device reads it later
        slot.made.resize(size_t(shape_.voices) * program::OUTPUTS * frames);
        if (frames > slot.longest) {
            slot.longest = frames;
            slot.heard_buffer = buffer(std::max<size_t>(heard.size(), 1) * sizeof(Real), 0);
            slot.made_buffer = buffer(std::max<size_t>(slot.made.size(), 1) * sizeof(Real), 0);
        }
        if (!heard.empty())
            queue_.enqueueWriteBuffer(slot.heard_buffer, CL_FALSE, 0, heard.size() * sizeof(Real),
                                      slot.heard.data());
        const bool is_levelled = computing_.size() > 1 || program::ROUNDS[0].chunk;
        size_t at = 0;
        for (const program::Round &round : program::ROUNDS) {
            const int chunk = round.chunk ? round.chunk : frames;
            for (int first = 0; first < frames; first += chunk)
                for (size_t i = 0; i < round.launches.size(); ++i) {
                    cl::Kernel &kernel = computing_[at + i];
                    give_block(kernel, slot, is_levelled ? first : -1);
                    if (!is_levelled) {
                        run(kernel, shape_.voices / shape_.lanes);
                        continue;
                    }
                    const int given = round.launches[i].parts;
                    const int parts = given ? given : shape_.pieces(std::min(chunk, frames - first));
                    const cl::NDRange items(shape_.voices, parts);
                    const cl::NDRange group(shape_.group(shape_.voices), shape_.part_group(parts));
                    queue_.enqueueNDRangeKernel(kernel, cl::NullRange, items, group);
                }
            at += round.launches.size();
        }
        turn_ = 1 - turn_;
        if (slot.made.empty())
            queue_.enqueueMarkerWithWaitList(nullptr, &slot.done);
        else
            queue_.enqueueReadBuffer(slot.made_buffer, CL_FALSE, 0,
                                     slot.made.size() * sizeof(Real), slot.made.data(), nullptr,
                                     &slot.done);
        queue_.flush();
    }

    /// Waits for the first block that is left and gives its frames; `made` gets a row for each
    /// output of each voice.
    int take(std::vector<Real> &made)
    {
        Slot &slot = slots_[taken_++ % SLOTS];
        slot.done.wait();
        const size_t extent = size_t(program::OUTPUTS) * slot.frames;
        made.resize(extent * voices_);
        for (int voice = 0; voice < voices_; ++voice)
            for (size_t k = 0; k < extent; ++k)
                made[voice * extent + k] = slot.made[shape_.place(voice, k, extent)];
        return slot.frames;
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
    /// A block on its way through the device.
    struct Slot {
        std::vector<Real> heard, made;
        cl::Buffer heard_buffer, made_buffer;
        cl::Event done;
        int frames = 0, longest = 0;
    };

    int voices_;
    Choice choice_;
    cl::Context context_;
    cl::CommandQueue queue_;
    size_t msmc_;
    Shape shape_;
    cl::Program program_;
    std::vector<cl::Kernel> computing_;
    Slot slots_[SLOTS];
    size_t put_ = 0, taken_ = 0;
    std::vector<Real> zones_;
    cl::Buffer zone_buffer_, handles_;
    std::vector<cl::Buffer> heaps_, files_;
    std::vector<size_t> heap_bytes_;
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
        queue_.enqueueNDRangeKernel(kernel, cl::NullRange, cl::NDRange(items),
                                    cl::NDRange(shape_.group(items)));
    }

    /// The arguments of a kernel that computes a block, from `first` on if that is not negative.
    void give_block(cl::Kernel &kernel, const Slot &slot, int first)
    {
        const cl_int counts[] = {slot.frames, shape_.voices, 1, turn_, first};
        cl_uint at = 0;
        for (const cl_int count : counts)
            if (count >= 0)
                kernel.setArg(at++, count);
        kernel.setArg(at++, slot.heard_buffer);
        kernel.setArg(at++, slot.made_buffer);
        for (const cl::Buffer &file : files_)
            kernel.setArg(at++, file);
        kernel.setArg(at++, zone_buffer_);
        give_memory(kernel, at);
        if (program::LOCAL_ARGUMENT)
            kernel.setArg(kernel.getInfo<CL_KERNEL_NUM_ARGS>() - 1,
                          cl::Local(std::max<size_t>(program::NEAR_BYTES, 8)));
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
inline void Player::make_files()
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
