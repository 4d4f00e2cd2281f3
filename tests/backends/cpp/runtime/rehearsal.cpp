// The rehearsal passes a sound class, and tells each way in which a class can be unsound.
#include "check.h"
#include "dspc/rehearse.h"
#include "example_dsp.h"

namespace {

using dspc::Status;

enum class Fault { None, LeaksScratch, HidesFailure, ComputeAllocates, UsesCurrent, Retries };
Fault fault = Fault::None;
dspc::Allocator* seen = nullptr;

struct FaultyDsp {
    struct DspcMemory {
        static constexpr auto tables() noexcept {
            return dspc::tableList(dspc::classTable<&FaultyDsp::table>("table", 4));
        }
        static constexpr auto buffers() noexcept {
            return dspc::bufferList<FaultyDsp>(
                dspc::instanceBuffer<&FaultyDsp::buffer>("buffer", 4));
        }
        static constexpr bool tablesDependOnRate = false;
        static Status fillTables(dspc::Allocator& given, int) noexcept {
            seen = &given;
            dspc::Allocator& scratch =
                fault == Fault::UsesCurrent ? dspc::currentAllocator() : given;
            void* one = scratch.allocate(8, 8, "one");
            if (one == nullptr && fault == Fault::HidesFailure) return Status::Ok;
            if (one == nullptr) return Status::OutOfMemory;
            void* two = scratch.allocate(8, 8, "two");
            if (two == nullptr && fault == Fault::Retries) two = scratch.allocate(8, 8, "two");
            if (two != nullptr) scratch.destroy(two, 8, 8);
            const bool leak = two == nullptr && fault == Fault::LeaksScratch;
            if (!leak) scratch.destroy(one, 8, 8);
            return two == nullptr ? Status::OutOfMemory : Status::Ok;
        }
    };
    void instanceInit(int) {}
    void compute() {
        buffer[0] += static_cast<float>(table[0]);
        if (fault == Fault::ComputeAllocates) seen->destroy(seen->allocate(8, 8, "x"), 8, 8);
    }
    inline static int* table = nullptr;
    float* buffer = nullptr;
};

bool survives(Fault injected) {
    fault = injected;
    return dspc::rehearse<FaultyDsp>(48000, [](FaultyDsp& dsp) { dsp.compute(); }, nullptr);
}

}  // namespace

int main() {
    const auto compute = [](EchoDsp& dsp) {
        float input[64] = {1.0F};
        float output[64];
        dsp.compute(64, input, output);
    };
    CHECK(dspc::rehearse<EchoDsp>(48000, compute, stdout));
    CHECK(survives(Fault::None));
    CHECK(!survives(Fault::HidesFailure));
    CHECK(!survives(Fault::ComputeAllocates));
    CHECK(!survives(Fault::Retries));
    // The table's own allocator is the current one while it is filled: no way round it.
    CHECK(survives(Fault::UsesCurrent));
    CHECK(!survives(Fault::LeaksScratch));
    return 0;
}
