// The managers by themselves and over one another: exhaustion, wrong frees, leaks, scopes.
#include "check.h"
#include "dspc/memory.h"

#include <cstring>
#include <string>
#include <type_traits>

namespace {

static_assert(!std::is_copy_constructible_v<dspc::Scope>);
static_assert(!std::is_move_constructible_v<dspc::Scope>);
static_assert(!std::is_copy_constructible_v<dspc::CountingAllocator>);

alignas(64) unsigned char memory[4096];

void invalidRequests() {
    dspc::ArenaAllocator arena(memory, sizeof memory);
    dspc::TlsfAllocator tlsf(memory, sizeof memory);
    dspc::CountingAllocator counting(nullptr);
    for (dspc::Allocator* a : {static_cast<dspc::Allocator*>(&arena),
                               static_cast<dspc::Allocator*>(&tlsf),
                               static_cast<dspc::Allocator*>(&counting),
                               &dspc::mallocAllocator()}) {
        CHECK(a->allocate(0, 8, "none") == nullptr);
        CHECK(a->allocate(8, 0, "none") == nullptr);
        CHECK(a->allocate(8, 24, "none") == nullptr);
        CHECK(a->allocate(SIZE_MAX, 8, "huge") == nullptr);
        CHECK(a->allocate(8, SIZE_MAX / 2 + 1, "huge") == nullptr);
        a->destroy(nullptr, 8, 8);
    }
    CHECK(counting.isClean() && counting.counts().failures == 5);
    CHECK(arena.live() == 0 && tlsf.live() == 0 && tlsf.check());
}

void alignments() {
    static unsigned char pool[1 << 16];
    dspc::ArenaAllocator arena(pool + 1, sizeof pool / 2 - 1);
    dspc::TlsfAllocator tlsf(pool + sizeof pool / 2 + 3, sizeof pool / 2 - 3);
    dspc::CountingAllocator counting(&tlsf);
    for (dspc::Allocator* a : {static_cast<dspc::Allocator*>(&arena),
                               static_cast<dspc::Allocator*>(&tlsf),
                               static_cast<dspc::Allocator*>(&counting),
                               &dspc::mallocAllocator()}) {
        for (std::size_t alignment = 1; alignment <= 4096; alignment *= 2) {
            void* first = a->allocate(3, alignment, "first");
            void* second = a->allocate(100, alignment, "second");
            CHECK(first != nullptr && dspc::isAligned(first, alignment));
            CHECK(second != nullptr && dspc::isAligned(second, alignment));
            std::memset(first, 1, 3);
            std::memset(second, 2, 100);
            CHECK(*static_cast<unsigned char*>(first) == 1);
            a->destroy(first, 3, alignment);
            a->destroy(second, 100, alignment);
        }
    }
    CHECK(counting.isClean() && tlsf.check() && tlsf.used() == 0 && arena.used() == 0);
}

void arenaExhaustion() {
    dspc::ArenaAllocator arena(memory, sizeof memory);
    void* blocks[sizeof memory / 16];
    for (void*& block : blocks) {
        block = arena.allocate(16, 16, "block");
        CHECK(block != nullptr);
    }
    CHECK(arena.used() == sizeof memory && arena.allocate(1, 1, "one more") == nullptr);
    CHECK(arena.failures() == 1 && arena.reset() == dspc::Status::Busy);
    // The last goes and its place is free again; the first goes and its place is not.
    arena.destroy(blocks[255], 16, 16);
    CHECK(arena.used() == sizeof memory - 16);
    CHECK(arena.allocate(16, 16, "again") == blocks[255]);
    arena.destroy(blocks[0], 16, 16);
    CHECK(arena.allocate(16, 16, "no") == nullptr);
    for (int i = 1; i < 256; ++i) arena.destroy(blocks[i], 16, 16);
    CHECK(arena.live() == 0 && arena.used() == 0 && arena.peak() == sizeof memory);
    arena.destroy(blocks[3], 16, 16);  // when nothing is live
    CHECK(arena.badFrees() == 1);
    CHECK(dspc::ok(arena.reset()) && arena.peak() == 0 && arena.badFrees() == 0);
    int elsewhere = 0;
    void* block = arena.allocate(sizeof memory, 1, "all of it");
    CHECK(block == memory);
    arena.destroy(&elsewhere, 4, 4);
    CHECK(arena.badFrees() == 1 && arena.live() == 1);
    arena.destroy(block, sizeof memory, 1);

    dspc::ArenaAllocator none(nullptr, 100);
    CHECK(none.allocate(1, 1, "one") == nullptr && none.capacity() == 0);
    dspc::ArenaAllocator tiny(memory + 1, 3);
    CHECK(tiny.allocate(1, 1, "one") == nullptr);
}

std::string leaksOf(const dspc::CountingAllocator& counting, std::size_t expected) {
    std::FILE* file = std::tmpfile();
    CHECK(file != nullptr);
    CHECK(counting.reportLeaks(file) == expected);
    std::string text(static_cast<std::size_t>(std::ftell(file)), '\0');
    std::rewind(file);
    CHECK(std::fread(&text[0], 1, text.size(), file) == text.size());
    std::fclose(file);
    return text;
}

void leaksAndWrongFrees() {
    dspc::CountingAllocator counting(nullptr);
    void* one = counting.allocate(24, 8, "first table");
    void* two = counting.allocate(100, 64, "delay line");
    counting.destroy(one, 24, 8);
    CHECK(leaksOf(counting, 1) ==
          "leak: allocation 2, 100 bytes (alignment 64): delay line\n"
          "2 allocations, 0 failures, 1 frees; 1 blocks live (100 bytes), high-water mark 124 "
          "bytes; 0 bad frees, 0 double frees, 0 overruns\n");
    CHECK(!counting.isClean());

    counting.destroy(one, 24, 8);  // twice
    CHECK(counting.counts().doubleFrees == 1);
    int elsewhere = 0;
    counting.destroy(&elsewhere, 4, 4);
    counting.destroy(static_cast<char*>(two) + 16, 84, 64);  // inside a block
    counting.destroy(two, 99, 64);                           // with other sizes
    counting.destroy(two, 100, 32);
    CHECK(counting.counts().badFrees == 4 && counting.counts().liveBlocks == 1);
    counting.destroy(two, 100, 64);
    CHECK(counting.counts().liveBlocks == 0 && !counting.isClean());
}

void overruns() {
    dspc::CountingAllocator counting(nullptr);
    auto* above = static_cast<unsigned char*>(counting.allocate(10, 1, "above"));
    above[10] = 0;
    counting.destroy(above, 10, 1);
    CHECK(counting.counts().overruns == 1);
    auto* below = static_cast<unsigned char*>(counting.allocate(10, 1, "below"));
    below[-1] ^= 0xFF;  // the header's pointer to itself
    counting.destroy(below, 10, 1);
    CHECK(counting.counts().overruns == 2 && counting.counts().liveBlocks == 0);
    CHECK(counting.counts().frees == 2 && counting.counts().badFrees == 0);
}

void faults() {
    dspc::CountingAllocator counting(nullptr);
    dspc::FaultyAllocator inner(&counting);
    dspc::FaultyAllocator outer(&inner);  // one over another of its kind
    const auto pattern = [&] {
        std::string seen;
        for (int i = 0; i < 8; ++i) {
            void* ptr = outer.allocate(8, 8, "x");
            seen += ptr == nullptr ? '-' : '+';
            outer.destroy(ptr, 8, 8);
        }
        return seen;
    };
    CHECK(pattern() == "++++++++");
    outer.failOnce(3);
    CHECK(pattern() == "++-+++++" && outer.injected() == 1 && outer.requests() == 8);
    inner.failFrom(5);
    CHECK(pattern() == "++++----");
    inner.failRandomly(1, 500);
    const std::string first = pattern();
    inner.failRandomly(1, 500);
    CHECK(pattern() == first && first.find('-') < 8 && first.find('+') < 8);
    inner.failRandomly(2, 500);
    CHECK(pattern() != first);
    inner.failRandomly(1, 1000);
    CHECK(pattern() == "--------");
    inner.failRandomly(1, 0);
    CHECK(pattern() == "++++++++" && counting.isClean());
}

void scopes() {
    dspc::CountingAllocator one(nullptr);
    dspc::CountingAllocator two(nullptr);
    dspc::Allocator* const byDefault = &dspc::mallocAllocator();
    CHECK(&dspc::currentAllocator() == byDefault);
    {
        const dspc::Scope outer(&one);
        CHECK(&dspc::currentAllocator() == &one && one.references() == 2);
        {
            const dspc::Scope inner(&two);
            CHECK(&dspc::currentAllocator() == &two);
            const dspc::Scope none(nullptr);
            CHECK(&dspc::currentAllocator() == byDefault);
        }
        CHECK(&dspc::currentAllocator() == &one && two.references() == 1);
        dspc::setDefaultAllocator(&two);
        const dspc::Scope none(nullptr);
        CHECK(&dspc::currentAllocator() == &two && two.references() == 2);
        dspc::setDefaultAllocator(nullptr);
        CHECK(&dspc::currentAllocator() == byDefault && two.references() == 1);
    }
    CHECK(&dspc::currentAllocator() == byDefault && one.references() == 1);
}

void hosting() {
    dspc::ArenaAllocator arena(memory, sizeof memory);
    dspc::AllocatorRef first;
    dspc::AllocatorRef second;
    CHECK(dspc::ok(dspc::Hosted<dspc::FaultyAllocator>::create(arena, &first, &arena)));
    CHECK(dspc::ok(dspc::Hosted<dspc::LockedAllocator>::create(*first, &second, first.get())));
    first = dspc::AllocatorRef();
    CHECK(arena.live() == 2);
    void* ptr = second->allocate(100, 8, "x");
    second->destroy(ptr, 100, 8);
    second = dspc::AllocatorRef();
    CHECK(arena.live() == 0 && arena.references() == 1);
    dspc::FaultyAllocator faulty(&arena);
    faulty.failOnce(1);
    CHECK(dspc::Hosted<dspc::LockedAllocator>::create(faulty, &second, &arena) ==
          dspc::Status::OutOfMemory);
    CHECK(!second && arena.live() == 0);
}

}  // namespace

int main() {
    invalidRequests();
    alignments();
    arenaExhaustion();
    leaksAndWrongFrees();
    overruns();
    faults();
    scopes();
    hosting();
    CHECK(dspc::mallocAllocator().references() == 1);
    std::puts("ok");
    return 0;
}
