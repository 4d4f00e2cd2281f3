// A class as a generator would write it: two tables, one filled by a generator with state of its
// own, a delay line, and an over-aligned scratch of state; a wave shaped and echoed.
#ifndef DSPC_TEST_EXAMPLE_DSP_H
#define DSPC_TEST_EXAMPLE_DSP_H

#include "dspc/memory.h"

#include <cmath>

struct dsp_base {  // in the place of Faust's dsp
    dsp_base() {}
    virtual ~dsp_base() {}
    virtual void instanceInit(int sampleRate) = 0;
    virtual void compute(int count, const float* input, float* output) = 0;
};

class EchoDsp : public dsp_base {
public:
    struct DspcMemory {
        static constexpr auto tables() noexcept {
            return dspc::tableList(dspc::classTable<&EchoDsp::ftblSine>("ftblSine", kSine, 1),
                                   dspc::classTable<&EchoDsp::itblStep>("itblStep", kStep, 1));
        }
        static constexpr auto buffers() noexcept {
            return dspc::bufferList<EchoDsp>(
                dspc::instanceBuffer<&EchoDsp::fDelay>("fDelay", kDelay, 1, 1),
                dspc::instanceBuffer<&EchoDsp::fLanes>("fLanes", 8, 1, 1, 64));
        }
        static constexpr bool tablesDependOnRate = false;

        static dspc::Status fillTables(dspc::Allocator& scratch, int) noexcept {
            dspc::ScratchArray<double> phase;
            const dspc::Status status = phase.allocate(scratch, 2, "sine generator");
            if (!dspc::ok(status)) return status;
            for (int i = 0; i < kSine; ++i) {
                ftblSine[i] = static_cast<float>(std::sin(phase[0]));
                phase[0] += 6.283185307179586 / kSine;
            }
            for (int i = 0; i < kStep; ++i) itblStep[i] = i % 5;
            return dspc::Status::Ok;
        }
    };

    void instanceInit(int sampleRate) override {
        fRate = sampleRate;
        fIndex = 0;
        for (int i = 0; i < kDelay; ++i) fDelay[i] = 0.0F;
        for (int i = 0; i < 8; ++i) fLanes[i] = 0.0F;
    }

    void compute(int count, const float* input, float* output) override {
        for (int i = 0; i < count; ++i) {
            const float step = static_cast<float>(itblStep[fIndex % kStep]);
            const float wave = step * ftblSine[fIndex % kSine];
            const float echo = fDelay[(fIndex - 100) & (kDelay - 1)];
            fLanes[fIndex & 7] = 0.5F * (fLanes[fIndex & 7] + wave);
            output[i] = input[i] + echo + fLanes[fIndex & 7];
            fDelay[fIndex & (kDelay - 1)] = 0.5F * output[i];
            ++fIndex;
        }
    }

    static bool hasTables() noexcept { return ftblSine != nullptr || itblStep != nullptr; }
    bool lanesAreAligned() const noexcept { return dspc::isAligned(fLanes, 64); }

private:
    static constexpr int kSine = 256;
    static constexpr int kStep = 10;
    static constexpr int kDelay = 128;
    inline static float* ftblSine = nullptr;
    inline static int* itblStep = nullptr;

    int fRate = 0;
    int fIndex = 0;
    float* fDelay = nullptr;
    float* fLanes = nullptr;
};

#endif  // DSPC_TEST_EXAMPLE_DSP_H
