// A fixed arena: memory from one piece given by the caller, by moving a mark.
#ifndef DSPC_ARENA_H
#define DSPC_ARENA_H

#include "dspc/allocator.h"

namespace dspc {

// Hands out the arena from its start. What is destroyed last-first is usable again at once; other
// memory once nothing is live. O(1), no system calls and, where 64-bit atomics are, lock-free: any
// number of threads, and real-time code (a retry happens only when another thread succeeded).
class ArenaAllocator : public Allocator {
public:
    // The arena must outlive the allocator; at most 1 TiB and 16 million live blocks are managed.
    // Bytes before its first naturally aligned address are not used.
    ArenaAllocator(void* arena, std::size_t bytes) noexcept {
        const auto base = reinterpret_cast<std::uintptr_t>(arena);
        const auto skipped = static_cast<std::size_t>(roundUp(base, kNaturalAlignment) - base);
        if (arena == nullptr || skipped > bytes) return;
        start_ = static_cast<unsigned char*>(arena) + skipped;
        capacity_ = bytes - skipped < kMarkMask ? bytes - skipped : kMarkMask;
    }

    void* allocate(std::size_t bytes, std::size_t alignment, const char*) noexcept override {
        if (!isValidRequest(bytes, alignment)) return nullptr;
        std::uint64_t state = state_.load(std::memory_order_relaxed);
        for (;;) {
            const std::size_t from = placeFor(markOf(state), alignment);
            // Ends are rounded, so that blocks of natural alignment follow without gaps.
            const std::size_t end = roundUp(from + bytes, kNaturalAlignment);
            if (from > capacity_ || bytes > capacity_ - from || liveOf(state) == kMaxLive) {
                failures_.fetch_add(1, std::memory_order_relaxed);
                return nullptr;
            }
            const std::uint64_t next = (state + kOneLive - markOf(state)) + clamp(end);
            if (!state_.compare_exchange_weak(state, next, std::memory_order_acq_rel)) continue;
            raisePeak(clamp(end));
            return start_ + from;
        }
    }

    void destroy(void* ptr, std::size_t bytes, std::size_t) noexcept override {
        if (ptr == nullptr) return;
        const auto offset = reinterpret_cast<std::uintptr_t>(ptr) -
                            reinterpret_cast<std::uintptr_t>(start_);
        std::uint64_t state = state_.load(std::memory_order_relaxed);
        for (;;) {
            if (liveOf(state) == 0 || offset >= markOf(state)) {
                badFrees_.fetch_add(1, std::memory_order_relaxed);
                return;
            }
            const std::size_t end = clamp(roundUp(offset + bytes, kNaturalAlignment));
            std::uint64_t next = state - kOneLive;
            if (liveOf(next) == 0) next = 0;
            else if (markOf(state) == end) next = next - end + offset;
            if (state_.compare_exchange_weak(state, next, std::memory_order_acq_rel)) return;
        }
    }

    // Forgets the high-water mark and the counts. Busy while any block is live.
    Status reset() noexcept {
        if (live() != 0) return Status::Busy;
        peak_.store(0, std::memory_order_relaxed);
        failures_.store(0, std::memory_order_relaxed);
        badFrees_.store(0, std::memory_order_relaxed);
        return Status::Ok;
    }

    std::size_t capacity() const noexcept { return capacity_; }
    std::size_t used() const noexcept { return markOf(state_.load(std::memory_order_acquire)); }
    std::size_t live() const noexcept { return liveOf(state_.load(std::memory_order_acquire)); }
    std::size_t peak() const noexcept { return peak_.load(std::memory_order_relaxed); }
    std::size_t failures() const noexcept { return failures_.load(std::memory_order_relaxed); }
    // Pointers given back that are not of this arena, or when nothing was live.
    std::size_t badFrees() const noexcept { return badFrees_.load(std::memory_order_relaxed); }

private:
    // The mark and the number of live blocks change together: one word, the count on top.
    static constexpr int kMarkBits = 40;
    static constexpr std::uint64_t kOneLive = std::uint64_t{1} << kMarkBits;
    static constexpr std::uint64_t kMaxLive = (std::uint64_t{1} << (64 - kMarkBits)) - 1;
    static constexpr std::size_t kMarkMask =
        static_cast<std::size_t>((kOneLive - 1) & SIZE_MAX) / 8 * 8;

    static std::size_t markOf(std::uint64_t state) noexcept {
        return static_cast<std::size_t>(state & (kOneLive - 1));
    }
    static std::size_t liveOf(std::uint64_t state) noexcept {
        return static_cast<std::size_t>(state >> kMarkBits);
    }

    std::size_t clamp(std::size_t end) const noexcept { return end < capacity_ ? end : capacity_; }

    // The first offset at or after `mark` that is aligned in memory.
    std::size_t placeFor(std::size_t mark, std::size_t alignment) const noexcept {
        const auto base = reinterpret_cast<std::uintptr_t>(start_);
        return static_cast<std::size_t>(roundUp(base + mark, alignment) - base);
    }

    void raisePeak(std::size_t mark) noexcept {
        std::size_t peak = peak_.load(std::memory_order_relaxed);
        while (peak < mark &&
               !peak_.compare_exchange_weak(peak, mark, std::memory_order_relaxed)) {
        }
    }

    unsigned char* start_ = nullptr;
    std::size_t capacity_ = 0;
    std::atomic<std::uint64_t> state_{0};
    std::atomic<std::size_t> peak_{0};
    std::atomic<std::size_t> failures_{0};
    std::atomic<std::size_t> badFrees_{0};
};

}  // namespace dspc

#endif  // DSPC_ARENA_H
