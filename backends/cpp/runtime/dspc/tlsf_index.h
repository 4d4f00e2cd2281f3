// The blocks of a TLSF pool and the index of those that are free.
#ifndef DSPC_TLSF_INDEX_H
#define DSPC_TLSF_INDEX_H

#include "dspc/allocator.h"

namespace dspc::tlsf {

// Sizes and addresses are multiples of this; a free block keeps its two list links in it.
inline constexpr std::size_t kGranule =
    kNaturalAlignment > 2 * sizeof(void*) ? kNaturalAlignment : 2 * sizeof(void*);

inline constexpr int kSecondBits = 5;
inline constexpr int kSecondCount = 1 << kSecondBits;
// Below this size the lists are one granule apart.
inline constexpr std::size_t kSmall = kGranule << kSecondBits;
inline constexpr int kFirstCount = sizeof(std::size_t) >= 8 ? 31 : 22;

// Position of the highest set bit; `n` is not 0. Six steps, whatever `n`.
constexpr int highestBit(std::uint64_t n) noexcept {
    int bit = 0;
    for (int step = 32; step != 0; step /= 2) {
        if ((n >> step) != 0) {
            n >>= step;
            bit += step;
        }
    }
    return bit;
}
constexpr int lowestBit(std::uint64_t n) noexcept { return highestBit(n & (~n + 1)); }

inline constexpr int kSmallBits = highestBit(kSmall);
inline constexpr std::size_t kMaxPayload =
    (std::size_t{1} << (kSmallBits + kFirstCount - 1)) - kGranule;

// What stands before each payload. The lowest bit of the stored size says whether it is free.
struct alignas(kGranule) Block {
    Block(Block* blockBefore, std::size_t size, bool isFree) noexcept
        : before(blockBefore), sizeAndFree_(size | (isFree ? 1U : 0U)) {}

    std::size_t size() const noexcept { return sizeAndFree_ & ~std::size_t{1}; }
    bool isFree() const noexcept { return (sizeAndFree_ & 1) != 0; }
    void setSize(std::size_t size) noexcept { sizeAndFree_ = size | (sizeAndFree_ & 1); }
    void setFree(bool free) noexcept { sizeAndFree_ = size() | (free ? 1U : 0U); }

    void* payload() noexcept { return this + 1; }
    void* end() noexcept { return reinterpret_cast<unsigned char*>(this + 1) + size(); }
    Block* next() noexcept { return static_cast<Block*>(end()); }
    const Block* next() const noexcept { return const_cast<Block*>(this)->next(); }

    Block* before;  // the block that ends where this one starts, null for the first

private:
    std::size_t sizeAndFree_;
};

struct Links {
    Block* next;
    Block* previous;
};

// Free blocks by size class.
class Index {
public:
    void insert(Block* block) noexcept {
        block->setFree(true);
        const Class c = classOf(block->size());
        Block*& head = heads_[c.first][c.second];
        ::new (block->payload()) Links{head, nullptr};
        if (head != nullptr) linksOf(head)->previous = block;
        head = block;
        firstMap_ |= std::uint32_t{1} << c.first;
        secondMaps_[c.first] |= std::uint32_t{1} << c.second;
    }

    void remove(Block* block) noexcept {
        const Class c = classOf(block->size());
        const Links links = *linksOf(block);
        (links.previous != nullptr ? linksOf(links.previous)->next : heads_[c.first][c.second]) =
            links.next;
        if (links.next != nullptr) linksOf(links.next)->previous = links.previous;
        if (heads_[c.first][c.second] != nullptr) return;
        secondMaps_[c.first] &= ~(std::uint32_t{1} << c.second);
        if (secondMaps_[c.first] == 0) firstMap_ &= ~(std::uint32_t{1} << c.first);
    }

    // Removes and returns a block of at least `size`, no longer free; null if none is found.
    // Besides the lists where every block fits, the newest block of the size's own list is tried,
    // so that one block of exactly `size` is enough.
    Block* take(std::size_t size) noexcept {
        if (size > kMaxPayload) return nullptr;
        const Class own = classOf(size);
        Block* block = heads_[own.first][own.second];
        if (block == nullptr || block->size() < size) block = firstOfLarger(own);
        if (block == nullptr) return nullptr;
        remove(block);
        block->setFree(false);
        return block;
    }

    // Whether the lists hold just `blocks` blocks, each free, in its list, well linked, and whether
    // the bitmaps say which lists are empty.
    bool holdsExactly(std::size_t blocks) const noexcept {
        std::size_t seen = 0;
        for (int i = 0; i < kFirstCount; ++i) {
            if (((firstMap_ >> i) & 1U) != (secondMaps_[i] != 0 ? 1U : 0U)) return false;
            for (int j = 0; j < kSecondCount; ++j) {
                const bool mapped = ((secondMaps_[i] >> j) & 1U) != 0;
                if (mapped != (heads_[i][j] != nullptr)) return false;
                if (!listIsSound(i, j, blocks, seen)) return false;
            }
        }
        return seen == blocks;
    }

private:
    struct Class {
        int first;
        int second;
    };

    static constexpr Class classOf(std::size_t size) noexcept {
        if (size < kSmall) return {0, static_cast<int>(size / kGranule)};
        const int bit = highestBit(size);
        const auto part = static_cast<int>(size >> (bit - kSecondBits)) - kSecondCount;
        return {bit - kSmallBits + 1, part};
    }

    static Links* linksOf(Block* block) noexcept { return static_cast<Links*>(block->payload()); }

    // The head of the first list that is not empty and holds larger blocks only.
    Block* firstOfLarger(Class own) const noexcept {
        const std::uint32_t rest =
            own.second + 1 < kSecondCount
                ? secondMaps_[own.first] & (~std::uint32_t{0} << (own.second + 1))
                : 0U;
        if (rest != 0) return heads_[own.first][lowestBit(rest)];
        const std::uint32_t larger =
            own.first + 1 < kFirstCount ? firstMap_ & (~std::uint32_t{0} << (own.first + 1)) : 0U;
        if (larger == 0) return nullptr;
        const int first = lowestBit(larger);
        return heads_[first][lowestBit(secondMaps_[first])];
    }

    bool listIsSound(int i, int j, std::size_t limit, std::size_t& seen) const noexcept {
        Block* previous = nullptr;
        for (Block* block = heads_[i][j]; block != nullptr; block = linksOf(block)->next) {
            const Class c = classOf(block->size());
            if (++seen > limit || !block->isFree() || c.first != i || c.second != j) return false;
            if (linksOf(block)->previous != previous) return false;
            previous = block;
        }
        return true;
    }

    std::uint32_t firstMap_ = 0;
    std::uint32_t secondMaps_[kFirstCount] = {};
    Block* heads_[kFirstCount][kSecondCount] = {};
};

}  // namespace dspc::tlsf

#endif  // DSPC_TLSF_INDEX_H
