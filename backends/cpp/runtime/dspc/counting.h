// Counts, checks and reports what passes through to another allocator.
#ifndef DSPC_COUNTING_H
#define DSPC_COUNTING_H

#include "dspc/malloc_allocator.h"

#include <cstdio>
#include <cstring>

namespace dspc {

struct AllocationCounts {
    std::size_t requests = 0;     // calls of allocate
    std::size_t allocations = 0;  // that succeeded
    std::size_t failures = 0;     // that did not
    std::size_t frees = 0;
    std::size_t liveBlocks = 0;
    std::size_t liveBytes = 0;
    std::size_t peakBytes = 0;  // high-water mark of liveBytes
    std::size_t badFrees = 0;   // of what was never given out, or not with these sizes
    std::size_t doubleFrees = 0;
    std::size_t overruns = 0;  // blocks written beyond their ends
};

struct LiveAllocation {
    const char* name;
    std::size_t ordinal;  // the number of the request, from 1
    std::size_t bytes;
    std::size_t alignment;
    const void* ptr;
};

// Adds a header, which points to itself, before each block and a guard after it; keeps all live
// blocks in a list. A free is looked up in that list, so memory that is not ours is never read, and
// a wrong free is counted and otherwise ignored. For tests and diagnosis: a free takes time in the
// number of live blocks. Any number of threads.
class CountingAllocator : public Allocator {
public:
    // nullptr: the C heap.
    explicit CountingAllocator(Allocator* upstream) noexcept : upstream_(orHeap(upstream)) {}

    void* allocate(std::size_t bytes, std::size_t alignment, const char* name) noexcept override {
        const Guard guard(mutex_);
        const std::size_t ordinal = ++counts_.requests;
        void* raw = nullptr;
        if (isValidRequest(bytes, alignment)) {
            raw = upstream_->allocate(grossBytes(bytes, alignment), grossAlignment(alignment),
                                      name);
        }
        if (raw == nullptr) {
            ++counts_.failures;
            return nullptr;
        }
        auto* ptr = static_cast<unsigned char*>(raw) + front(alignment);
        auto* header = ::new (static_cast<void*>(ptr - sizeof(Header))) Header;
        header->self = header;
        header->allocation = {name, ordinal, bytes, alignment, ptr};
        std::memset(ptr + bytes, kGuardByte, kGuardBytes);
        link(header);
        countAllocation(bytes);
        return ptr;
    }

    void destroy(void* ptr, std::size_t bytes, std::size_t alignment) noexcept override {
        if (ptr == nullptr) return;
        const Guard guard(mutex_);
        Header* header = find(ptr);
        if (header == nullptr) {
            ++(wasFreed(ptr) ? counts_.doubleFrees : counts_.badFrees);
            return;
        }
        const LiveAllocation& known = header->allocation;
        if (known.bytes != bytes || known.alignment != alignment) {
            ++counts_.badFrees;
            return;
        }
        if (header->self != header || !guardIsWhole(known)) ++counts_.overruns;
        unlink(header);
        freed_[counts_.frees++ % kRemembered] = ptr;
        --counts_.liveBlocks;
        counts_.liveBytes -= bytes;
        header->~Header();
        upstream_->destroy(static_cast<unsigned char*>(ptr) - front(alignment),
                           grossBytes(bytes, alignment), grossAlignment(alignment));
    }

    AllocationCounts counts() const noexcept {
        const Guard guard(mutex_);
        return counts_;
    }

    // Nothing live, and nothing was ever freed wrongly or written beyond its ends.
    bool isClean() const noexcept {
        const AllocationCounts c = counts();
        return c.liveBlocks == 0 && c.liveBytes == 0 && c.badFrees == 0 && c.doubleFrees == 0 &&
               c.overruns == 0;
    }

    // visit(const LiveAllocation&) for each live block, oldest first. It must not allocate here.
    template <class Visit>
    void forEachLive(Visit&& visit) const noexcept {
        const Guard guard(mutex_);
        for (const Header* h = oldest_; h != nullptr; h = h->next) visit(h->allocation);
    }

    // One line per leaked block and one with the totals; returns the number of leaks.
    std::size_t reportLeaks(std::FILE* file) const noexcept {
        forEachLive([&](const LiveAllocation& leak) {
            std::fprintf(file, "leak: allocation %zu, %zu bytes (alignment %zu): %s\n",
                         leak.ordinal, leak.bytes, leak.alignment,
                         leak.name != nullptr ? leak.name : "unnamed");
        });
        const AllocationCounts c = counts();
        std::fprintf(file,
                     "%zu allocations, %zu failures, %zu frees; %zu blocks live (%zu bytes), "
                     "high-water mark %zu bytes; %zu bad frees, %zu double frees, %zu overruns\n",
                     c.allocations, c.failures, c.frees, c.liveBlocks, c.liveBytes, c.peakBytes,
                     c.badFrees, c.doubleFrees, c.overruns);
        return c.liveBlocks;
    }

private:
    struct alignas(std::max_align_t) Header {
        Header* next;
        Header* previous;
        LiveAllocation allocation;
        Header* self;  // next to the user's memory: the first thing that an underrun hits
    };

    static constexpr std::size_t kGuardBytes = 16;
    static constexpr unsigned char kGuardByte = 0xA5;
    static constexpr std::size_t kRemembered = 256;  // recent frees, to tell double from bad ones

    static constexpr std::size_t grossAlignment(std::size_t alignment) noexcept {
        return alignment > alignof(Header) ? alignment : alignof(Header);
    }
    static constexpr std::size_t front(std::size_t alignment) noexcept {
        return roundUp(sizeof(Header), grossAlignment(alignment));
    }
    static constexpr std::size_t grossBytes(std::size_t bytes, std::size_t alignment) noexcept {
        return front(alignment) + bytes + kGuardBytes;
    }

    void countAllocation(std::size_t bytes) noexcept {
        ++counts_.allocations;
        ++counts_.liveBlocks;
        counts_.liveBytes += bytes;
        if (counts_.liveBytes > counts_.peakBytes) counts_.peakBytes = counts_.liveBytes;
    }

    Header* find(const void* ptr) noexcept {
        for (Header* h = newest_; h != nullptr; h = h->previous) {
            if (reinterpret_cast<unsigned char*>(h) + sizeof(Header) == ptr) return h;
        }
        return nullptr;
    }

    bool wasFreed(const void* ptr) const noexcept {
        const std::size_t n = counts_.frees < kRemembered ? counts_.frees : kRemembered;
        for (std::size_t i = 0; i < n; ++i) {
            if (freed_[i] == ptr) return true;
        }
        return false;
    }

    static bool guardIsWhole(const LiveAllocation& known) noexcept {
        const auto* end = static_cast<const unsigned char*>(known.ptr) + known.bytes;
        for (std::size_t i = 0; i < kGuardBytes; ++i) {
            if (end[i] != kGuardByte) return false;
        }
        return true;
    }

    void link(Header* header) noexcept {
        header->previous = newest_;
        header->next = nullptr;
        (newest_ != nullptr ? newest_->next : oldest_) = header;
        newest_ = header;
    }

    void unlink(Header* header) noexcept {
        (header->previous != nullptr ? header->previous->next : oldest_) = header->next;
        (header->next != nullptr ? header->next->previous : newest_) = header->previous;
    }

    AllocatorRef upstream_;
    mutable Mutex mutex_;
    AllocationCounts counts_;
    Header* oldest_ = nullptr;
    Header* newest_ = nullptr;
    const void* freed_[kRemembered] = {};
};

}  // namespace dspc

#endif  // DSPC_COUNTING_H
