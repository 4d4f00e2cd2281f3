// The program on a device: its memory, and blocks of sound that pass through it.
#pragma once
#include "device.hpp"
#include "sound.hpp"

#include <iostream>

const cl_device_info MSMC_SIZE_TI = 0x4060;             // CL_DEVICE_MSMC_MEM_SIZE_TI
const cl_mem_flags USE_MSMC_TI = cl_mem_flags(1) << 20; // CL_MEM_USE_MSMC_TI
const size_t HEAP_HEADER = 2048, HEAP_BLOCK = 32;       // what a heap needs for itself, each block
const size_t HEAP_MAPPED = 64;                          // and, of its map, a byte for so many
const size_t BATCHES = 2;                         // that are on their way at once
const size_t MOST_BLOCKS = 64;                    // of a batch,
const size_t MOST_BYTES = 1 << 20;                // whose sound has so much, unless it is one

/// Whether a block is several launches, which get the frame that they start at.
inline bool is_levelled()
{
    const program::Round &first = program::ROUNDS[0];
    return program::ROUNDS.size() > 1 || first.chunk || first.launches.size() > 1;
}

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
    /// No block will have more frames than `longest`.
    void start(int rate, int longest)
    {
        make_batches(longest);
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
            for (const program::Launch &launch : round.launches) {
                computing_.push_back(kernel(launch.kernel));
                give_always(computing_.back());
            }
    }

    /// Whether blocks have to be taken out before the next can be put in.
    bool is_full() const { return batches_[put_ % BATCHES].is_away; }

    /// Whether no block is on its way.
    bool is_empty() const { return taken_ == put_; }

    /// Has a block computed with the others of its batch, once that is whole; does not wait for it.
    /// `heard` has a row for each input; `is_full` must not hold.
    void put(int frames, const std::vector<Real> &heard)
    {
        Batch &batch = batches_[put_ % BATCHES];
        std::copy(heard.begin(), heard.end(),
                  batch.heard.begin() + batch.lengths.size() * heard_step_);
        batch.lengths.push_back(frames);
        if (batch.lengths.size() == batch.parts.size())
            send();
    }

    /// Sends the batch on its way that is not whole yet.
    void send()
    {
        Batch &batch = batches_[put_ % BATCHES];
        const size_t count = batch.lengths.size();
        if (!count || batch.is_away)
            return;
        if (program::INPUTS)
            queue_.enqueueWriteBuffer(batch.heard_buffer, CL_FALSE, 0,
                                      count * heard_step_ * sizeof(Real),
                                      batch.heard.data());
        for (size_t i = 0; i < count; ++i)
            launch(batch.lengths[i], batch.parts[i]);
        if (program::OUTPUTS)
            queue_.enqueueReadBuffer(batch.made_buffer, CL_FALSE, 0,
                                     count * made_step_ * sizeof(Real),
                                     batch.made.data(), nullptr, &batch.done);
        else
            queue_.enqueueMarkerWithWaitList(nullptr, &batch.done);
        queue_.flush();
        batch.is_away = true;
        ++put_;
    }

    /// Waits for the first block that is left and gives its frames; `made` gets a row for each
    /// output of each voice.
    int take(std::vector<Real> &made)
    {
        Batch &batch = batches_[taken_ % BATCHES];
        if (!batch.taken)
            batch.done.wait();
        const int frames = batch.lengths[batch.taken];
        const size_t extent = size_t(program::OUTPUTS) * frames;
        const Real *from = batch.made.data() + batch.taken * made_step_;
        made.resize(extent * voices_);
        if (shape_.tile == 1)
            std::copy(from, from + made.size(), made.begin());
        else
            for (int voice = 0; voice < voices_; ++voice)
                for (size_t k = 0; k < extent; ++k)
                    made[voice * extent + k] = from[shape_.place(voice, k, extent)];
        if (++batch.taken == batch.lengths.size()) {
            batch.lengths.clear();
            batch.taken = 0;
            batch.is_away = false;
            ++taken_;
        }
        return frames;
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
    /// Where a block's sound lies in its batch's.
    struct Part {
        cl::Buffer heard, made;
    };

    /// Blocks that go through the device with one transfer in and one out: to start a transfer
    /// takes as long as many a block.
    struct Batch {
        std::vector<Real> heard, made;
        cl::Buffer heard_buffer, made_buffer;
        std::vector<Part> parts;
        std::vector<int> lengths;
        cl::Event done;
        size_t taken = 0;
        bool is_away = false;
    };

    int voices_;
    Choice choice_;
    cl::Context context_;
    cl::CommandQueue queue_;
    size_t msmc_;
    Shape shape_;
    cl::Program program_;
    std::vector<cl::Kernel> computing_;
    Batch batches_[BATCHES];
    size_t put_ = 0, taken_ = 0;
    size_t heard_step_ = 0, made_step_ = 0; // numbers from a block of a batch to the next
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

    /// The launches that compute a block.
    void launch(int frames, const Part &part)
    {
        size_t at = 0;
        for (const program::Round &round : program::ROUNDS) {
            const int chunk = round.chunk ? round.chunk : frames;
            for (int first = 0; first < frames; first += chunk)
                for (size_t i = 0; i < round.launches.size(); ++i) {
                    cl::Kernel &kernel = computing_[at + i];
                    give_block(kernel, frames, part, first);
                    if (!is_levelled()) {
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
    }

    /// What a kernel that computes a block gets with each.
    void give_block(cl::Kernel &kernel, int frames, const Part &part, int first)
    {
        kernel.setArg(0, cl_int(frames));
        kernel.setArg(3, turn_);
        if (is_levelled())
            kernel.setArg(4, cl_int(first));
        const cl_uint at = is_levelled() ? 5 : 4;
        kernel.setArg(at, part.heard);
        kernel.setArg(at + 1, part.made);
    }

    /// What it gets once.
    void give_always(cl::Kernel &kernel)
    {
        kernel.setArg(1, cl_int(shape_.voices));
        kernel.setArg(2, cl_int(1));
        cl_uint at = is_levelled() ? 7 : 6;
        for (const cl::Buffer &file : files_)
            kernel.setArg(at++, file);
        kernel.setArg(at++, zone_buffer_);
        give_memory(kernel, at);
        if (program::LOCAL_ARGUMENT)
            kernel.setArg(kernel.getInfo<CL_KERNEL_NUM_ARGS>() - 1,
                          cl::Local(std::max<size_t>(program::NEAR_BYTES, 8)));
    }

    void make_batches(int longest)
    {
        heard_step_ = step(size_t(program::INPUTS) * longest);
        made_step_ = step(size_t(program::OUTPUTS) * longest * shape_.voices);
        const size_t bytes = (heard_step_ + made_step_) * sizeof(Real);
        const size_t count = std::min(std::max<size_t>(MOST_BYTES / bytes, 1), MOST_BLOCKS);
        for (Batch &batch : batches_) {
            batch.heard.resize(count * heard_step_);
            batch.made.resize(count * made_step_);
            batch.heard_buffer = buffer(batch.heard.size() * sizeof(Real), 0);
            batch.made_buffer = buffer(batch.made.size() * sizeof(Real), 0);
            for (size_t i = 0; i < count; ++i)
                batch.parts.push_back({part_of(batch.heard_buffer, i, heard_step_),
                                       part_of(batch.made_buffer, i, made_step_)});
        }
    }

    /// Part `number` of a batch's buffer, of so many numbers.
    static cl::Buffer part_of(cl::Buffer &whole, size_t number, size_t numbers)
    {
        const size_t bytes = numbers * sizeof(Real);
        const cl_buffer_region region = {number * bytes, bytes};
        return whole.createSubBuffer(CL_MEM_READ_WRITE, CL_BUFFER_CREATE_TYPE_REGION, &region);
    }

    /// So many numbers, and more to a place at which a part of a buffer can begin.
    size_t step(size_t numbers) const
    {
        const cl_uint bits = choice_.device.getInfo<CL_DEVICE_MEM_BASE_ADDR_ALIGN>();
        const size_t unit = std::max<size_t>(bits / 8 / sizeof(Real), 1);
        return (std::max<size_t>(numbers, 1) + unit - 1) / unit * unit;
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
            size_t bytes = need[space] + HEAP_BLOCK * blocks[space];
            bytes += bytes / HEAP_MAPPED + HEAP_HEADER;
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

#include "slots.hpp"
