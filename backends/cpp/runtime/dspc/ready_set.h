// Tasks that others send to a thread.
#ifndef DSPC_READY_SET_H
#define DSPC_READY_SET_H

#include "dspc/processor.h"

#include <atomic>
#include <cstdint>

namespace dspc {

// Numbers of tasks from 0 to `Tasks` - 1, as bits. Any thread puts and takes, and none waits for
// another: who clears a bit that was set has the task. What was written before a task was put is
// seen by who takes it: every change is a read-modify-write, so a later one of another task does
// not come between. A set is never reset, and who comes late, between two runs or in the next, does
// no harm.
template <int Tasks>
class ReadySet {
public:
    static constexpr int kNone = -1;

    // A task that is not in the set.
    void put(int task) noexcept {
        words_[task / kBits].fetch_or(bit(task % kBits), std::memory_order_release);
    }

    // The task of the least number, or kNone: those of a program that work on the same memory are
    // near each other.
    int take() noexcept {
        for (int at = 0; at < kWords; ++at) {
            std::uint64_t seen = words_[at].load(std::memory_order_relaxed);
            while (seen != 0) {
                const int lowest = lowestBit(seen);
                seen = words_[at].fetch_and(~bit(lowest), std::memory_order_acquire);
                if ((seen & bit(lowest)) != 0) return at * kBits + lowest;
                seen &= ~bit(lowest);
            }
        }
        return kNone;
    }

    // Whether there was none just now.
    bool looksEmpty() const noexcept {
        for (const std::atomic<std::uint64_t>& word : words_) {
            if (word.load(std::memory_order_seq_cst) != 0) return false;
        }
        return true;
    }

private:
    static constexpr int kBits = 64;
    static constexpr int kWords = (Tasks + kBits - 1) / kBits;

    static constexpr std::uint64_t bit(int number) noexcept { return std::uint64_t{1} << number; }

    static int lowestBit(std::uint64_t word) noexcept {
#if defined(__GNUC__)
        return __builtin_ctzll(word);
#else
        int number = 0;
        for (; (word & 1) == 0; word >>= 1) ++number;
        return number;
#endif
    }

    std::atomic<std::uint64_t> words_[kWords] = {};
};

}  // namespace dspc

#endif  // DSPC_READY_SET_H
