// OpenCL devices: which there are, and which to take.
#pragma once
#define CL_HPP_ENABLE_EXCEPTIONS
#define CL_HPP_MINIMUM_OPENCL_VERSION 120
#define CL_HPP_TARGET_OPENCL_VERSION 120
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/opencl.hpp>

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string>
#include <vector>

#include "program.h"

using Real = program::Real;
using Failure = std::runtime_error;

const int FEWEST_FRAMES = 32; // of a loop that a CPU's work-items share, those of each
const int PART_GROUP = 64;    // work-items of a GPU's group that share a voice, at most

inline std::string lower(std::string text)
{
    for (char &c : text)
        c = char(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

struct Choice {
    cl::Device device;
    std::string told; // for people
};

inline std::vector<Choice> all_devices()
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

inline bool is_gpu(const cl::Device &device)
{
    return (device.getInfo<CL_DEVICE_TYPE>() & CL_DEVICE_TYPE_GPU) != 0;
}

inline Choice choose_device(const std::string &wanted)
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

inline int power_of_two(int number)
{
    int power = 1;
    while (power < number)
        power *= 2;
    return power;
}

/// How many voices a work-item takes, and how many lie side by side in memory.
struct Shape {
    int voices, tile = 1, lanes = 1;

    int units;            // work-items that run at once, where they are not in lock step
    bool is_wide = false; // whether neighbouring work-items run in lock step, as a GPU's do

    Shape(const cl::Device &device, int wanted, bool has_msmc)
        : voices(wanted), units(int(device.getInfo<CL_DEVICE_MAX_COMPUTE_UNITS>()))
    {
        is_wide = is_gpu(device) && !program::APART;
        if (program::APART || has_msmc || wanted == 1)
            return;
        if (is_wide) {
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

    /// Work-items of a group, of so many.
    int group(int items) const
    {
        int found = lanes == 1 ? tile : 1;
        while (items % found)
            found /= 2;
        return found;
    }

    /// Of each voice, work-items that share the frames of a loop.
    int pieces(int frames) const
    {
        return is_wide ? frames : std::max(1, std::min(units, frames / FEWEST_FRAMES));
    }

    /// Of a group, those that work for the same voice.
    int part_group(int parts) const
    {
        int found = 1;
        while (is_wide && parts % (2 * found) == 0 && group(voices) * found < PART_GROUP)
            found *= 2;
        return found;
    }
};
