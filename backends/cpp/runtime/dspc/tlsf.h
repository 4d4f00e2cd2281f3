// A general allocator with constant worst-case time, over one piece of memory given by the caller.
//
// Two-level segregated fit: M. Masmano, I. Ripoll, A. Crespo, J. Real, "TLSF: a new dynamic memory
// allocator for real-time systems", ECRTS 2004. Free blocks hang in lists by size class (powers of
// two, each cut into 32 equal parts); two levels of bitmaps find a list that fits in constant time;
// neighbours that are free are joined at once. Written from the paper.
#ifndef DSPC_TLSF_H
#define DSPC_TLSF_H

#include "dspc/tlsf_index.h"

namespace dspc {

// O(1) allocate and destroy, no locks, no system calls, deterministic: equal sequences of calls on
// pools of equal size and alignment give equal offsets. One thread at a time (else put a
// LockedAllocator before it). Each block costs sizeof(tlsf::Block) more than its bytes.
class TlsfAllocator : public Allocator {
public:
    // The pool must outlive the allocator. What is not aligned at its ends is not used.
    TlsfAllocator(void* pool, std::size_t bytes) noexcept {
        const auto base = reinterpret_cast<std::uintptr_t>(pool);
        const auto first = static_cast<std::size_t>(roundUp(base, tlsf::kGranule) - base);
        if (pool == nullptr || bytes < first + 2 * sizeof(Block) + tlsf::kGranule) return;
        std::size_t payload = (bytes - first) / tlsf::kGranule * tlsf::kGranule - 2 * sizeof(Block);
        if (payload > tlsf::kMaxPayload) payload = tlsf::kMaxPayload;
        first_ = ::new (static_cast<unsigned char*>(pool) + first) Block{nullptr, payload, false};
        last_ = ::new (first_->end()) Block{first_, 0, false};
        capacity_ = payload;
        index_.insert(first_);
    }

    void* allocate(std::size_t bytes, std::size_t alignment, const char*) noexcept override {
        if (!isValidRequest(bytes, alignment)) return nullptr;
        const std::size_t size = roundUp(bytes, tlsf::kGranule);
        const bool over = alignment > tlsf::kGranule;
        // Room to move the start to an aligned address and to leave a block of its own before it.
        const std::size_t needed = over ? size + alignment + kSmallestBlock : size;
        Block* block = index_.take(needed);
        if (block == nullptr) {
            ++failures_;
            return nullptr;
        }
        if (over) block = alignStart(block, alignment);
        trim(block, size);
        ++live_;
        used_ += block->size() + sizeof(Block);
        if (used_ > peak_) peak_ = used_;
        return block->payload();
    }

    void destroy(void* ptr, std::size_t bytes, std::size_t) noexcept override {
        if (ptr == nullptr) return;
        Block* block = blockAt(ptr);
        if (block == nullptr || block->size() < bytes) {
            ++badFrees_;
            return;
        }
        --live_;
        used_ -= block->size() + sizeof(Block);
        index_.insert(joinNeighbours(block));
    }

    std::size_t capacity() const noexcept { return capacity_; }  // one block of all the pool
    std::size_t used() const noexcept { return used_; }          // with the cost of each block
    std::size_t peak() const noexcept { return peak_; }
    std::size_t live() const noexcept { return live_; }
    std::size_t failures() const noexcept { return failures_; }
    std::size_t badFrees() const noexcept { return badFrees_; }

    // Walks the whole pool and all lists: blocks tile the pool, links agree both ways, no two free
    // blocks touch, every free block is in the one list of its size, bitmaps and counts agree.
    // O(blocks): for tests and diagnosis.
    bool check() const noexcept {
        if (first_ == nullptr) return live_ == 0 && used_ == 0;
        std::size_t freeBlocks = 0;
        std::size_t liveBlocks = 0;
        std::size_t usedBytes = 0;
        const Block* before = nullptr;
        const Block* block = first_;
        while (block != last_) {
            if (block->before != before || block->size() < tlsf::kGranule) return false;
            if (block->size() > bytesUpTo(last_, block)) return false;
            if (block->isFree() && before != nullptr && before->isFree()) return false;
            ++(block->isFree() ? freeBlocks : liveBlocks);
            if (!block->isFree()) usedBytes += block->size() + sizeof(Block);
            before = block;
            block = block->next();
        }
        return last_->before == before && last_->size() == 0 && !last_->isFree() &&
               liveBlocks == live_ && usedBytes == used_ && index_.holdsExactly(freeBlocks);
    }

private:
    using Block = tlsf::Block;
    static constexpr std::size_t kSmallestBlock = sizeof(Block) + tlsf::kGranule;

    static std::size_t bytesUpTo(const Block* last, const Block* block) noexcept {
        const auto from = reinterpret_cast<std::uintptr_t>(block) + sizeof(Block);
        return static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(last) - from);
    }

    bool isInside(const void* ptr) const noexcept {
        const auto at = reinterpret_cast<std::uintptr_t>(ptr);
        return at >= reinterpret_cast<std::uintptr_t>(first_) &&
               at < reinterpret_cast<std::uintptr_t>(last_);
    }

    // The live block whose payload starts at `ptr`, or null. Reads the pool only, whatever `ptr`
    // is; takes no block that its neighbours do not know.
    Block* blockAt(void* ptr) const noexcept {
        if (first_ == nullptr || !isInside(ptr) || !isAligned(ptr, tlsf::kGranule)) return nullptr;
        auto* block = reinterpret_cast<Block*>(static_cast<unsigned char*>(ptr) - sizeof(Block));
        if (!isInside(block) || block->isFree() || block->size() < tlsf::kGranule) return nullptr;
        if (block->size() > bytesUpTo(last_, block) || !isAligned(block->end(), tlsf::kGranule)) {
            return nullptr;
        }
        if (block->next()->before != block) return nullptr;
        if (block == first_) return block;
        const Block* before = block->before;
        const bool known = isInside(before) && isAligned(before, tlsf::kGranule) &&
                           before < block && before->size() == bytesUpTo(block, before);
        return known ? block : nullptr;
    }

    // Cuts `block` so that the payload of the part returned is aligned; the part before it is free.
    Block* alignStart(Block* block, std::size_t alignment) noexcept {
        const auto start = reinterpret_cast<std::uintptr_t>(block->payload());
        auto gap = static_cast<std::size_t>(roundUp(start, alignment) - start);
        if (gap == 0) return block;
        if (gap < kSmallestBlock) gap += alignment;
        Block* rest = split(block, gap - sizeof(Block));
        block->setFree(true);
        index_.insert(block);  // its neighbour before is not free: free blocks never touch
        return rest;
    }

    // Gives back what `block` has beyond `size`, if that can be a block.
    void trim(Block* block, std::size_t size) noexcept {
        if (block->size() < size + kSmallestBlock) return;
        Block* rest = split(block, size);
        rest->setFree(true);
        index_.insert(rest);  // its neighbour after is not free, either
    }

    // Shortens `block` to `size` and makes a live block of the rest.
    static Block* split(Block* block, std::size_t size) noexcept {
        Block* after = block->next();
        const std::size_t rest = block->size() - size - sizeof(Block);
        block->setSize(size);
        Block* made = ::new (block->end()) Block{block, rest, false};
        after->before = made;
        return made;
    }

    Block* joinNeighbours(Block* block) noexcept {
        Block* after = block->next();
        if (after->isFree()) {
            index_.remove(after);
            block->setSize(block->size() + sizeof(Block) + after->size());
        }
        Block* before = block->before;
        if (before != nullptr && before->isFree()) {
            index_.remove(before);
            before->setSize(before->size() + sizeof(Block) + block->size());
            block = before;
        }
        block->next()->before = block;
        return block;
    }

    tlsf::Index index_;
    Block* first_ = nullptr;
    Block* last_ = nullptr;  // an empty live block that closes the pool
    std::size_t capacity_ = 0;
    std::size_t used_ = 0;
    std::size_t peak_ = 0;
    std::size_t live_ = 0;
    std::size_t failures_ = 0;
    std::size_t badFrees_ = 0;
};

}  // namespace dspc

#endif  // DSPC_TLSF_H
