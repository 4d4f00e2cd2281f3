// A work-stealing deque of fixed capacity, after Chase and Lev (SPAA 2005).
#ifndef DSPC_DEQUE_H
#define DSPC_DEQUE_H

#include "dspc/processor.h"

#include <atomic>
#include <cstddef>

namespace dspc {

constexpr std::size_t powerOfTwoFrom(std::size_t least) noexcept {
    std::size_t power = 1;
    while (power < least) power *= 2;
    return power;
}

// Holds numbers of tasks. One thread, the owner, pushes and pops at the bottom, last in first out;
// every other thread steals at the top, first in first out. `Capacity` is the most that it ever
// holds: the user's promise, not checked. Both ends only ever count up, so the deque is never
// reset, and a thief that comes late, between two runs or in the next, does no harm.
//
// The orderings are those of Le, Pop, Cohen and Zappa Nardelli, "Correct and efficient work-
// stealing for weak memory models" (PPoPP 2013), with one change. Where their C11 code has a
// sequentially consistent fence between two accesses, here both accesses are sequentially
// consistent, and the release fence of push is a release store: the same order between the same
// accesses, one instruction less on x86, and thread sanitizers, which know no fences, can follow.
template <std::size_t Capacity>
class TaskDeque {
public:
    static constexpr int kNone = -1;

    // Owner only.
    void push(int task) noexcept {
        const std::size_t bottom = bottom_.load(std::memory_order_relaxed);
        cells_[bottom & kMask].store(task, std::memory_order_relaxed);
        bottom_.store(bottom + 1, std::memory_order_release);
    }

    // Owner only. The task pushed last, or kNone.
    int pop() noexcept {
        const std::size_t bottom = bottom_.load(std::memory_order_relaxed) - 1;
        bottom_.store(bottom, std::memory_order_seq_cst);
        std::size_t top = top_.load(std::memory_order_seq_cst);
        const auto left = static_cast<std::ptrdiff_t>(bottom - top);
        if (left > 0) return cells_[bottom & kMask].load(std::memory_order_relaxed);
        int task = kNone;
        if (left == 0) {
            // The last one: thieves may want it too.
            task = cells_[bottom & kMask].load(std::memory_order_relaxed);
            if (!top_.compare_exchange_strong(top, top + 1, std::memory_order_seq_cst,
                                              std::memory_order_relaxed)) {
                task = kNone;
            }
        }
        bottom_.store(bottom + 1, std::memory_order_release);
        return task;
    }

    // Any other thread. The task pushed first; kNone where there is none or another was faster.
    int steal() noexcept {
        std::size_t top = top_.load(std::memory_order_seq_cst);
        const std::size_t bottom = bottom_.load(std::memory_order_seq_cst);
        if (static_cast<std::ptrdiff_t>(bottom - top) <= 0) return kNone;
        const int task = cells_[top & kMask].load(std::memory_order_relaxed);
        const bool won = top_.compare_exchange_strong(top, top + 1, std::memory_order_seq_cst,
                                                      std::memory_order_relaxed);
        return won ? task : kNone;
    }

    // A hint, for any thread.
    bool looksEmpty() const noexcept {
        const std::size_t top = top_.load(std::memory_order_relaxed);
        return static_cast<std::ptrdiff_t>(bottom_.load(std::memory_order_relaxed) - top) <= 0;
    }

private:
    static constexpr std::size_t kMask = powerOfTwoFrom(Capacity) - 1;

    // Unsigned, so that they may wrap; only their difference counts.
    std::atomic<std::size_t> top_{0};
    char apart_[kApart - sizeof(std::size_t)] = {};
    std::atomic<std::size_t> bottom_{0};
    std::atomic<int> cells_[kMask + 1] = {};
    char apartFromNext_[kApart] = {};
};

}  // namespace dspc

#endif  // DSPC_DEQUE_H
