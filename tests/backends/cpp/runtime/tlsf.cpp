// Random storms over the TLSF manager with walks of its whole pool, and its corner cases.
#include "check.h"
#include "dspc/memory.h"

#include <cstring>
#include <memory>
#include <vector>

namespace {

struct Held {
    unsigned char* ptr;
    std::size_t bytes;
    std::size_t alignment;
    unsigned char paint;
};

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed * 2654435769U + 1) {}
    std::uint64_t operator()(std::uint64_t below) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state_ >> 33) % below;
    }

private:
    std::uint64_t state_;
};

void giveBack(dspc::TlsfAllocator& tlsf, std::vector<Held>& held, std::size_t i) {
    for (std::size_t k = 0; k < held[i].bytes; ++k) CHECK(held[i].ptr[k] == held[i].paint);
    tlsf.destroy(held[i].ptr, held[i].bytes, held[i].alignment);
    held[i] = held.back();
    held.pop_back();
}

// Returns a digest of all offsets, to compare runs.
std::uint64_t storm(unsigned char* pool, std::size_t bytes, std::uint64_t seed, int rounds) {
    dspc::TlsfAllocator tlsf(pool, bytes);
    std::vector<Held> held;
    Random random(seed);
    std::uint64_t digest = 0;
    for (int round = 0; round < rounds; ++round) {
        if (held.empty() || random(100) < 55) {
            const std::size_t size = 1 + random(std::uint64_t{1} << (1 + random(13)));
            const std::size_t alignment = random(4) == 0 ? std::size_t{1} << random(9) : 8;
            auto* ptr = static_cast<unsigned char*>(tlsf.allocate(size, alignment, "storm"));
            digest = digest * 31 + (ptr == nullptr ? 7 : static_cast<std::uint64_t>(ptr - pool));
            if (ptr == nullptr) continue;
            CHECK(ptr >= pool && ptr + size <= pool + bytes && dspc::isAligned(ptr, alignment));
            const auto paint = static_cast<unsigned char>(round);
            std::memset(ptr, paint, size);
            held.push_back({ptr, size, alignment, paint});
        } else {
            giveBack(tlsf, held, random(held.size()));
        }
        if (round % 64 == 0) CHECK(tlsf.check());
    }
    CHECK(tlsf.live() == held.size() && tlsf.check());
    CHECK(tlsf.failures() > 0);  // the storm reached the pool's end
    while (!held.empty()) giveBack(tlsf, held, random(held.size()));
    CHECK(tlsf.check() && tlsf.live() == 0 && tlsf.used() == 0 && tlsf.badFrees() == 0);
    // All is joined again: the whole pool is one block.
    void* all = tlsf.allocate(tlsf.capacity(), 1, "all");
    CHECK(all != nullptr && tlsf.check());
    CHECK(tlsf.allocate(1, 1, "one more") == nullptr);
    tlsf.destroy(all, tlsf.capacity(), 1);
    CHECK(tlsf.check());
    return digest;
}

void wrongFrees(unsigned char* pool) {
    dspc::TlsfAllocator tlsf(pool, 4096);
    void* one = tlsf.allocate(100, 8, "one");
    void* two = tlsf.allocate(100, 8, "two");
    void* three = tlsf.allocate(100, 8, "three");
    std::memset(two, 0xFF, 100);
    int elsewhere = 0;
    tlsf.destroy(&elsewhere, 4, 4);
    tlsf.destroy(static_cast<char*>(two) + 8, 92, 8);
    tlsf.destroy(static_cast<char*>(two) + 48, 52, 8);
    tlsf.destroy(pool, 16, 8);
    tlsf.destroy(two, 1000, 8);  // more than it has
    CHECK(tlsf.badFrees() == 5 && tlsf.live() == 3 && tlsf.check());
    tlsf.destroy(one, 100, 8);
    tlsf.destroy(two, 100, 8);  // joined to the one before
    tlsf.destroy(two, 100, 8);
    tlsf.destroy(one, 100, 8);
    CHECK(tlsf.badFrees() == 7 && tlsf.live() == 1 && tlsf.check());
    tlsf.destroy(three, 100, 8);
    CHECK(tlsf.live() == 0 && tlsf.check());
}

void corruptionIsSeen(unsigned char* pool) {
    dspc::TlsfAllocator tlsf(pool, 4096);
    auto* one = static_cast<unsigned char*>(tlsf.allocate(64, 16, "one"));
    void* two = tlsf.allocate(64, 16, "two");
    CHECK(tlsf.check());
    unsigned char saved[16];
    std::memcpy(saved, one + 64, sizeof saved);
    std::memset(one + 64, 0x55, sizeof saved);  // the header of two
    CHECK(!tlsf.check());
    tlsf.destroy(two, 64, 16);
    CHECK(tlsf.badFrees() == 1);
    std::memcpy(one + 64, saved, sizeof saved);
    tlsf.destroy(two, 64, 16);
    tlsf.destroy(one, 64, 16);
    CHECK(tlsf.check() && tlsf.live() == 0);
}

void smallPools(unsigned char* pool) {
    for (std::size_t bytes = 0; bytes < 200; ++bytes) {
        for (std::size_t offset = 0; offset < 16; offset += 5) {
            dspc::TlsfAllocator tlsf(pool + offset, bytes);
            CHECK(tlsf.check());
            void* all = tlsf.capacity() == 0 ? nullptr : tlsf.allocate(tlsf.capacity(), 1, "all");
            CHECK((all != nullptr) == (tlsf.capacity() != 0));
            CHECK(tlsf.allocate(1, 1, "one more") == nullptr && tlsf.check());
            tlsf.destroy(all, tlsf.capacity(), 1);
        }
    }
    dspc::TlsfAllocator none(nullptr, 1000);
    CHECK(none.allocate(1, 1, "one") == nullptr && none.check());
    none.destroy(pool, 1, 1);
    CHECK(none.badFrees() == 1);
}

unsigned char* alignedPool(std::size_t bytes) {
    return static_cast<unsigned char*>(std::aligned_alloc(512, bytes));
}

}  // namespace

int main() {
    constexpr std::size_t bytes = 512 * 391;
    // Exactly as large as the pool, so that a sanitizer sees the first byte beyond it.
    const std::unique_ptr<unsigned char, void (*)(void*)> pool(alignedPool(bytes), std::free);
    const std::unique_ptr<unsigned char, void (*)(void*)> other(alignedPool(bytes), std::free);
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        // Deterministic: the offsets depend on the calls, whatever the pool held before.
        const std::uint64_t first = storm(pool.get(), bytes, seed, 20000);
        std::memset(other.get(), static_cast<int>(seed), bytes);
        CHECK(storm(other.get(), bytes, seed, 20000) == first);
    }
    wrongFrees(pool.get());
    corruptionIsSeen(pool.get());
    smallPools(pool.get());
    std::puts("ok");
    return 0;
}
