// Every failure rehearsed: each allocation of a full life fails in turn, once and from then on, and
// at random, over several managers. Prints how many allocations a full life has.
#include "full_life.h"

#include <cstdint>

namespace {

using dspc::Status;

alignas(64) unsigned char memory[1 << 16];

// A full life under one plan, with all that must hold after it whatever the status.
Status rehearse(dspc::FaultyAllocator& faulty, dspc::CountingAllocator& counting,
                dspc::Allocator& bystander) {
    const std::uint32_t references = faulty.references();
    const std::uint32_t bystanders = bystander.references();
    const dspc::Scope scope(&bystander);
    const Status status = fullLife(faulty, [&] { return faulty.requests(); });
    CHECK(&dspc::currentAllocator() == &bystander);
    CHECK(faulty.references() == references);
    CHECK(bystander.references() == bystanders + 1);  // the scope's
    CHECK(dspc::ClassTables<EchoDsp>::users() == 0);
    CHECK(!EchoDsp::hasTables());
    if (!counting.isClean()) {
        counting.reportLeaks(stderr);
        CHECK(false);
    }
    return status;
}

std::uint64_t rehearseAll(dspc::Allocator& upstream) {
    dspc::CountingAllocator counting(&upstream);
    dspc::CountingAllocator bystander(nullptr);
    dspc::FaultyAllocator faulty(&counting);
    CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(&faulty)));

    faulty.failNever();
    CHECK(rehearse(faulty, counting, bystander) == Status::Ok);
    const std::uint64_t all = faulty.requests();
    for (std::uint64_t n = 1; n <= all; ++n) {
        faulty.failOnce(n);
        CHECK(rehearse(faulty, counting, bystander) == Status::OutOfMemory);
        CHECK(faulty.injected() == 1);
        CHECK(faulty.requests() == n);  // nobody tries again, or goes on half-built
        faulty.failFrom(n);
        CHECK(rehearse(faulty, counting, bystander) == Status::OutOfMemory);
        CHECK(faulty.injected() == 1);
    }
    faulty.failFrom(all + 1);
    CHECK(rehearse(faulty, counting, bystander) == Status::Ok);

    int failed = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        faulty.failRandomly(seed, 100);
        const Status status = rehearse(faulty, counting, bystander);
        CHECK(status == (faulty.injected() == 0 ? Status::Ok : Status::OutOfMemory));
        failed += dspc::ok(status) ? 0 : 1;
    }
    CHECK(failed > 40 && failed < 195);
    CHECK(bystander.counts().requests == 0);
    CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(nullptr)));
    CHECK(faulty.references() == 1);
    return all;
}

// Arenas too small fail cleanly, whatever block they end in; about the peak suffices.
void exactlyEnough() {
    for (std::size_t bytes = 1; bytes < sizeof memory; bytes += 40) {
        dspc::ArenaAllocator arena(memory, bytes);
        CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(&arena)));
        const Status status = fullLife(arena, [&] { return arena.used(); });
        CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(nullptr)));
        CHECK(arena.live() == 0 && arena.used() == 0 && arena.badFrees() == 0);
        if (dspc::ok(status)) {
            CHECK(arena.peak() <= bytes && arena.peak() > bytes - 64);
            return;
        }
        CHECK(status == Status::OutOfMemory && arena.failures() == 1);
    }
    CHECK(false);
}

}  // namespace

int main() {
    const std::uint64_t all = rehearseAll(dspc::mallocAllocator());
    {
        dspc::ArenaAllocator arena(memory, sizeof memory);
        CHECK(rehearseAll(arena) == all);
        CHECK(arena.live() == 0 && arena.used() == 0 && arena.references() == 1);
    }
    {
        static dspc::TlsfAllocator tlsf(memory, sizeof memory);
        CHECK(rehearseAll(tlsf) == all);
        CHECK(tlsf.live() == 0 && tlsf.used() == 0 && tlsf.check() && tlsf.references() == 1);
    }
    exactlyEnough();
    std::printf("%d allocations in a full life\n", static_cast<int>(all));
    return 0;
}
