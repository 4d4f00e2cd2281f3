// An allocator that fails when told to, and one that takes a lock: both pass on to another.
#ifndef DSPC_FAULTY_H
#define DSPC_FAULTY_H

#include "dspc/malloc_allocator.h"

namespace dspc {

// Passes requests on to another allocator, but fails chosen ones: the Nth, all from the Nth on, or
// some at random. Requests are numbered from 1, from the last plan on. Which request fails depends
// on the plan and its number only. Any number of threads, if the other allocator allows; make plans
// while no other thread allocates.
class FaultyAllocator : public Allocator {
public:
    // nullptr: the C heap.
    explicit FaultyAllocator(Allocator* upstream) noexcept : upstream_(orHeap(upstream)) {}

    void failNever() noexcept { plan(Mode::Never, 0, 0); }
    void failOnce(std::uint64_t nth) noexcept { plan(Mode::Once, nth, 0); }
    void failFrom(std::uint64_t nth) noexcept { plan(Mode::From, nth, 0); }
    // Each request fails with a chance of `perThousand` in 1000.
    void failRandomly(std::uint64_t seed, unsigned perThousand) noexcept {
        plan(Mode::Random, seed, perThousand);
    }

    void* allocate(std::size_t bytes, std::size_t alignment, const char* name) noexcept override {
        const std::uint64_t number = requests_.fetch_add(1, std::memory_order_relaxed) + 1;
        if (fails(number)) {
            if (injected_.fetch_add(1, std::memory_order_relaxed) == 0) {
                firstName_ = name;
                firstBytes_ = bytes;
            }
            return nullptr;
        }
        return upstream_->allocate(bytes, alignment, name);
    }

    void destroy(void* ptr, std::size_t bytes, std::size_t alignment) noexcept override {
        upstream_->destroy(ptr, bytes, alignment);
    }

    // Since the last plan.
    std::uint64_t requests() const noexcept { return requests_.load(std::memory_order_relaxed); }
    std::uint64_t injected() const noexcept { return injected_.load(std::memory_order_relaxed); }
    // The first request that was made to fail, null and 0 if none. Read when no thread allocates.
    const char* firstInjectedName() const noexcept { return firstName_; }
    std::size_t firstInjectedBytes() const noexcept { return firstBytes_; }

private:
    enum class Mode { Never, Once, From, Random };

    void plan(Mode mode, std::uint64_t parameter, unsigned perThousand) noexcept {
        mode_ = mode;
        parameter_ = parameter;
        perThousand_ = perThousand;
        requests_.store(0, std::memory_order_relaxed);
        injected_.store(0, std::memory_order_relaxed);
        firstName_ = nullptr;
        firstBytes_ = 0;
    }

    bool fails(std::uint64_t number) const noexcept {
        switch (mode_) {
            case Mode::Never: return false;
            case Mode::Once: return number == parameter_;
            case Mode::From: return number >= parameter_;
            case Mode::Random: return scramble(parameter_ ^ scramble(number)) % 1000 < perThousand_;
        }
        return false;
    }

    // The finalizer of MurmurHash3 (Appleby, 2011): every bit of the result depends on every bit.
    static std::uint64_t scramble(std::uint64_t x) noexcept {
        x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
        x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
        return x ^ (x >> 33);
    }

    AllocatorRef upstream_;
    Mode mode_ = Mode::Never;
    std::uint64_t parameter_ = 0;
    unsigned perThousand_ = 0;
    std::atomic<std::uint64_t> requests_{0};
    std::atomic<std::uint64_t> injected_{0};
    const char* firstName_ = nullptr;
    std::size_t firstBytes_ = 0;
};

// Lets several threads share an allocator made for one. Takes a lock, so not for real-time code.
class LockedAllocator : public Allocator {
public:
    // nullptr: the C heap.
    explicit LockedAllocator(Allocator* upstream) noexcept : upstream_(orHeap(upstream)) {}

    void* allocate(std::size_t bytes, std::size_t alignment, const char* name) noexcept override {
        const Guard guard(mutex_);
        return upstream_->allocate(bytes, alignment, name);
    }

    void destroy(void* ptr, std::size_t bytes, std::size_t alignment) noexcept override {
        const Guard guard(mutex_);
        upstream_->destroy(ptr, bytes, alignment);
    }

private:
    AllocatorRef upstream_;
    Mutex mutex_;
};

}  // namespace dspc

#endif  // DSPC_FAULTY_H
