// Rehearses every failure of memory in the life of a generated class, and prints what came of it.
#ifndef DSPC_REHEARSE_H
#define DSPC_REHEARSE_H

#include "dspc/counting.h"
#include "dspc/factory.h"
#include "dspc/faulty.h"

#include <cstdio>

namespace dspc {

// A full life of class D: factory, layout, class tables, create, init, compute, clone, compute,
// destroy, class destroy. It is lived once with memory, and then once for each of its allocations
// with that one failing, with that one and all later failing, and `randomLives` times with random
// failures. After each, whatever its status: the status is OutOfMemory if an allocation failed and
// Ok if none did; nothing is leaked, freed wrongly or overrun; nothing asked again after a failure;
// the thread's current allocator, the reference counts and the class tables are as before; nothing
// half-built was handed out; compute allocated nothing.
//
// `compute(D&)` runs a block or more. While this runs, nobody else may use D.
template <class D, class Compute>
class Rehearsal {
public:
    // `heap` is where the memory comes from; nullptr: the C heap.
    Rehearsal(int sampleRate, Compute compute, Allocator* heap = nullptr) noexcept
        : rate_(sampleRate), compute_(compute), heap_(heap) {}

    // One line for each allocation and one for the sum; `table` may be null. True if all went well.
    bool run(std::FILE* table, int randomLives = 100) noexcept {
        allocations_ = 0;
        bool good = live([](FaultyAllocator& faulty) { faulty.failNever(); }) && ok(last_.status);
        allocations_ = last_.requests;
        print(table, "%4s  %10s  %-6s  %-6s  %s\n", "nth", "bytes", "once", "sticky", "allocation");
        for (std::uint64_t n = 1; n <= allocations_; ++n) {
            const bool once = live([n](FaultyAllocator& faulty) { faulty.failOnce(n); });
            const bool sticky = live([n](FaultyAllocator& faulty) { faulty.failFrom(n); });
            print(table, "%4llu  %10zu  %-6s  %-6s  %s\n", static_cast<unsigned long long>(n),
                  last_.failedBytes, word(once), word(sticky),
                  last_.failedName != nullptr ? last_.failedName : "none");
            good = good && once && sticky;
        }
        int lived = 0;
        for (int seed = 1; seed <= randomLives; ++seed) {
            const auto random = static_cast<std::uint64_t>(seed);
            lived += live([random](FaultyAllocator& f) { f.failRandomly(random, 100); }) ? 1 : 0;
        }
        good = good && lived == randomLives;
        print(table,
              "%llu allocations, high-water mark %zu bytes, %d of %d random lives clean: %s\n",
              static_cast<unsigned long long>(allocations_), peakBytes_, lived, randomLives,
              good ? "all failures survived" : "FAILED");
        return good;
    }

    // What the life with memory asked for.
    std::uint64_t allocations() const noexcept { return allocations_; }
    std::size_t peakBytes() const noexcept { return peakBytes_; }

private:
    struct Life {
        Status status = Status::Ok;
        std::uint64_t requests = 0;
        const char* failedName = nullptr;
        std::size_t failedBytes = 0;
    };

    template <class... Values>
    static void print(std::FILE* table, const char* format, Values... values) noexcept {
        if (table != nullptr) std::fprintf(table, format, values...);
    }

    static const char* word(bool good) noexcept { return good ? "clean" : "WRONG"; }

    // Lives once under a plan; true if all that must hold afterwards does.
    template <class Plan>
    bool live(Plan&& plan) noexcept {
        CountingAllocator counting(heap_);
        CountingAllocator bystander(nullptr);  // current all the while, and never to be used
        FaultyAllocator faulty(&counting);
        plan(faulty);
        if (!ok(ClassTables<D>::setAllocator(&faulty))) return false;
        sound_ = true;
        {
            const Scope scope(&bystander);
            last_.status = fullLife(faulty);
            expect(&currentAllocator() == &bystander);
        }
        expect(ok(ClassTables<D>::setAllocator(nullptr)));
        last_.requests = faulty.requests();
        last_.failedName = faulty.firstInjectedName();
        last_.failedBytes = faulty.firstInjectedBytes();
        const bool failed = faulty.injected() != 0;
        expect(last_.status == (failed ? Status::OutOfMemory : Status::Ok));
        expect(faulty.injected() <= 1);
        expect(counting.isClean() && bystander.counts().requests == 0);
        expect(faulty.references() == 1 && bystander.references() == 1);
        for (const auto& t : DspClass<D>::tables) expect(t.get(ClassLevel()) == nullptr);
        if (counting.counts().peakBytes > peakBytes_) peakBytes_ = counting.counts().peakBytes;
        return sound_;
    }

    Status fullLife(FaultyAllocator& faulty) noexcept {
        Ref<Factory<D>> factory;
        Status status = hold(factory, [&](auto** out) {
            return createDSPFactory2<D>(&faulty, out);
        });
        if (!ok(status)) return status;
        Ref<Blob> layout;
        status = hold(layout, [&](auto** out) { return factory->memoryLayout(out); });
        if (!ok(status)) return status;
        Ref<Instance<D>> instance;
        status = hold(instance, [&](auto** out) { return factory->createInstance(rate_, out); });
        if (!ok(status)) return status;
        computeQuietly(faulty, *instance);
        Ref<Instance<D>> copy;
        status = hold(copy, [&](auto** out) { return instance->clone(out); });
        if (!ok(status)) return status;
        computeQuietly(faulty, *copy);
        return Status::Ok;
    }

    // Makes something, and expects that it exists if and only if the status says so.
    template <class T, class Make>
    Status hold(Ref<T>& ref, Make&& make) noexcept {
        T* made = nullptr;
        const Status status = make(&made);
        expect(ok(status) == (made != nullptr));
        ref = Ref<T>::adopt(made);
        return status;
    }

    void computeQuietly(FaultyAllocator& faulty, Instance<D>& instance) noexcept {
        const std::uint64_t before = faulty.requests();
        compute_(instance.dsp());
        expect(faulty.requests() == before);
    }

    void expect(bool condition) noexcept { sound_ = sound_ && condition; }

    int rate_;
    Compute compute_;
    Allocator* heap_;
    Life last_;
    bool sound_ = true;
    std::uint64_t allocations_ = 0;
    std::size_t peakBytes_ = 0;
};

// Rehearses D and prints the table; true if every failure was survived.
template <class D, class Compute>
bool rehearse(int sampleRate, Compute compute, std::FILE* table,
              Allocator* heap = nullptr) noexcept {
    return Rehearsal<D, Compute>(sampleRate, compute, heap).run(table);
}

}  // namespace dspc

#endif  // DSPC_REHEARSE_H
