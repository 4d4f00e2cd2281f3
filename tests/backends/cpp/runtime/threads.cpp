// Threads, each with scopes and managers of its own, that share class tables and an allocator.
#include "full_life.h"

#include <thread>
#include <vector>

namespace {

constexpr int kThreads = 4;
constexpr int kRounds = 60;

void worker(dspc::Allocator& shared, int number) {
    std::vector<unsigned char> memory(1 << 14);
    dspc::TlsfAllocator own(memory.data(), memory.size());
    for (int round = 0; round < kRounds; ++round) {
        const dspc::Scope scope(&own);
        const dspc::Scope inner(round % 2 == 0 ? &shared : &own);
        CHECK(dspc::ok(fullLife(dspc::currentAllocator(), [] { return 0; })));
        CHECK(dspc::ok(fullLife((number + round) % 2 == 0 ? shared : own, [] { return 0; })));
        CHECK(&dspc::currentAllocator() == (round % 2 == 0 ? &shared : &own));
    }
    CHECK(own.check() && own.live() == 0 && own.references() == 1);
}

void run(dspc::Allocator& shared) {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) threads.emplace_back([&shared, i] { worker(shared, i); });
    for (std::thread& thread : threads) thread.join();
    CHECK(shared.references() == 1);
}

// One instance, held by all: the last one to let go destroys it, whichever that is.
void sharedInstance() {
    dspc::CountingAllocator counting(nullptr);
    for (int round = 0; round < kRounds; ++round) {
        dspc::Instance<EchoDsp>* echo = nullptr;
        CHECK(dspc::ok(dspc::createDSPInstance2<EchoDsp>(&counting, 48000, &echo)));
        std::vector<std::thread> threads;
        for (int i = 0; i < kThreads; ++i) {
            echo->addref();
            threads.emplace_back([echo] {
                CHECK(echo->sampleRate() == 48000);
                echo->release();
            });
        }
        echo->release();
        for (std::thread& thread : threads) thread.join();
        CHECK(counting.isClean() && counting.references() == 1);
    }
}

}  // namespace

// With "race", breaks the rules: threads share a manager made for one. A thread sanitizer must see
// it.
int main(int count, char**) {
    if (count > 1) {
        static unsigned char pool[1 << 18];
        static dspc::TlsfAllocator shared(pool, sizeof pool);
        std::vector<std::thread> threads;
        for (int i = 0; i < 2; ++i) {
            threads.emplace_back([] { shared.destroy(shared.allocate(8, 8, "x"), 8, 8); });
        }
        for (std::thread& thread : threads) thread.join();
        return 0;
    }
    {
        dspc::CountingAllocator counting(nullptr);
        run(counting);
        CHECK(counting.isClean());
    }
    // Room for all lives, one after the other: an arena that is never empty does not reuse memory.
    alignas(64) static unsigned char memory[1 << 22];
    dspc::ArenaAllocator arena(memory, sizeof memory);
    run(arena);
    CHECK(arena.live() == 0 && arena.used() == 0 && arena.badFrees() == 0);
    dspc::TlsfAllocator tlsf(memory, sizeof memory);
    {
        dspc::LockedAllocator locked(&tlsf);
        run(locked);
    }
    CHECK(tlsf.check() && tlsf.live() == 0);
    sharedInstance();
    CHECK(dspc::ClassTables<EchoDsp>::users() == 0);
    std::puts("ok");
    return 0;
}
