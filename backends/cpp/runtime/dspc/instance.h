// Instances, their creation and their clones: complete or not at all, owned by their allocator.
#ifndef DSPC_INSTANCE_H
#define DSPC_INSTANCE_H

#include "dspc/owned.h"
#include "dspc/tables.h"

namespace dspc {

// A counted instance of the generated class D with its buffers, a use of D's class tables and a
// reference to the allocator of it all. Counting is thread-safe; all else is D's own affair.
template <class D>
class Instance final : public Owned<Instance<D>> {
public:
    D& dsp() noexcept { return dsp_; }
    const D& dsp() const noexcept { return dsp_; }
    D* operator->() noexcept { return &dsp_; }
    int sampleRate() const noexcept { return rate_; }

    // A deep copy with the state of this instance, in this instance's allocator, or in another.
    // Not while compute() runs.
    Status clone(Instance** out) const noexcept { return cloneInto(&this->allocator(), out); }
    Status cloneInto(Allocator* allocator, Instance** out) const noexcept {
        if (out == nullptr) return Status::InvalidArgument;
        *out = nullptr;
        if (allocator == nullptr) return Status::InvalidArgument;
        const Scope scope(allocator);
        Instance* made = nullptr;
        Status status = Base::createOn(*allocator, "dsp instance", 0, &made, dsp_, rate_);
        if (!ok(status)) return status;
        status = made->acquireParts();
        if (ok(status)) made->copyBuffersOf(*this);
        return finish(status, made, out);
    }

    // See createDSPInstance2.
    static Status create(Allocator* allocator, int sampleRate, Instance** out) noexcept {
        if (out == nullptr) return Status::InvalidArgument;
        *out = nullptr;
        if (allocator == nullptr || sampleRate <= 0) return Status::InvalidArgument;
        const Scope scope(allocator);
        Instance* made = nullptr;
        Status status = Base::createOn(*allocator, "dsp instance", 0, &made, sampleRate);
        if (!ok(status)) return status;
        status = made->acquireParts();
        if (ok(status)) {
            status = contained([&] {
                made->dsp_.instanceInit(sampleRate);
                return Status::Ok;
            });
        }
        return finish(status, made, out);
    }

private:
    using Base = Owned<Instance>;
    friend Base;

    explicit Instance(int rate) : dsp_(), rate_(rate) {
        detachBuffers(dsp_, DspClass<D>::buffers);
    }
    Instance(const D& original, int rate) : dsp_(original), rate_(rate) {
        detachBuffers(dsp_, DspClass<D>::buffers);
    }
    ~Instance() { releaseBuffers(this->allocator(), dsp_, DspClass<D>::buffers); }

    Status acquireParts() noexcept {
        const Status status = tables_.acquire(rate_);
        if (!ok(status)) return status;
        return acquireBuffers(this->allocator(), dsp_, DspClass<D>::buffers);
    }

    void copyBuffersOf(const Instance& other) noexcept {
        for (const auto& buffer : DspClass<D>::buffers) {
            std::memcpy(buffer.get(dsp_), buffer.get(other.dsp_), buffer.info.bytes);
        }
    }

    static Status finish(Status status, Instance* made, Instance** out) noexcept {
        if (ok(status)) {
            *out = made;
        } else {
            made->release();
        }
        return status;
    }

    // In the order of acquisition; they go in the reverse order, buffers before them all.
    D dsp_;
    int rate_;
    TablesShare<D> tables_;
};

// Makes an instance of D in `allocator`, ready for compute() at `sampleRate`. On any status but Ok
// `*out` is null and everything acquired on the way has been given back, last first. The instance
// has one reference, the caller's, and goes with release().
// InvalidArgument: `out` or `allocator` is null, or the rate is not positive. RateConflict: other
// instances use class tables that hold for another rate.
template <class D>
Status createDSPInstance2(Allocator* allocator, int sampleRate, Instance<D>** out) noexcept {
    return Instance<D>::create(allocator, sampleRate, out);
}

// The same in the thread's current allocator.
template <class D>
Status createDSPInstance(int sampleRate, Instance<D>** out) noexcept {
    return Instance<D>::create(&currentAllocator(), sampleRate, out);
}

// Bytes enough for `instances` instances of D and, if they go to the same allocator, its tables, in
// an arena of any alignment. Scratch of fillTables is not counted.
template <class D>
constexpr std::size_t bytesNeeded(std::size_t instances, bool withTables) noexcept {
    std::size_t one = sizeof(Instance<D>) + alignof(Instance<D>) + kNaturalAlignment;
    for (const auto& buffer : DspClass<D>::buffers) {
        one += buffer.info.bytes + buffer.info.alignment + kNaturalAlignment;
    }
    std::size_t tables = 0;
    if (withTables) {
        for (const auto& table : DspClass<D>::tables) {
            tables += table.info.bytes + table.info.alignment + kNaturalAlignment;
        }
    }
    return instances * one + tables;
}

}  // namespace dspc

#endif  // DSPC_INSTANCE_H
