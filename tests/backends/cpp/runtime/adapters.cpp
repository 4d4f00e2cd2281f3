// Faust's manager in its three shapes, both ways, without Faust's headers.
#include "full_life.h"

#include <map>
#include <string>
#include <vector>

namespace {

namespace original {
struct Manager {
    virtual ~Manager() {}
    virtual void* allocate(std::size_t size) = 0;
    virtual void destroy(void* ptr) = 0;
};
}  // namespace original

namespace with_info {
struct Manager {
    virtual ~Manager() {}
    virtual void begin(std::size_t) {}
    virtual void info(std::size_t, std::size_t, std::size_t) {}
    virtual void end() {}
    virtual void* allocate(std::size_t size) = 0;
    virtual void destroy(void* ptr) = 0;
};
}  // namespace with_info

namespace today {
struct Manager {
    enum MemType { kInt32, kInt32_ptr, kFloat, kFloat_ptr, kDouble, kDouble_ptr, kObj, kObj_ptr };
    virtual ~Manager() = default;
    virtual void begin(std::size_t) {}
    virtual void info(const char*, MemType, std::size_t, std::size_t, std::size_t, std::size_t) {}
    virtual void end() {}
    virtual void* allocate(std::size_t size) = 0;
    virtual void destroy(void* ptr) = 0;
};
}  // namespace today

// What all three do: the C heap, with a record of sizes, and a size that fails.
template <class Base>
struct Recording : Base {
    std::vector<std::size_t> asked;
    std::map<void*, std::size_t> live;
    std::size_t failAt = SIZE_MAX;

    void* allocate(std::size_t size) override {
        if (asked.size() == failAt) return nullptr;
        asked.push_back(size);
        void* ptr = std::malloc(size);
        live[ptr] = size;
        return ptr;
    }
    void destroy(void* ptr) override {
        CHECK(live.erase(ptr) == 1);
        std::free(ptr);
    }
};

struct Original final : Recording<original::Manager> {};

struct WithInfo final : Recording<with_info::Manager> {
    std::vector<std::size_t> told;
    std::size_t announced = 0;
    bool ended = false;
    void begin(std::size_t count) override { announced = count; }
    void info(std::size_t size, std::size_t, std::size_t) override { told.push_back(size); }
    void end() override { ended = true; }
};

struct Today final : Recording<today::Manager> {
    std::vector<std::size_t> told;
    std::vector<std::string> names;
    std::size_t announced = 0;
    bool ended = false;
    void begin(std::size_t count) override { announced = count; }
    void info(const char* name, MemType type, std::size_t size, std::size_t bytes,
              std::size_t reads, std::size_t writes) override {
        told.push_back(bytes);
        names.push_back(name);
        if (names.back() == "fDelay") {
            CHECK(type == kFloat_ptr && size == 128 && bytes == 512 && reads == 1 && writes == 1);
        }
        if (names.back() == "itblStep") CHECK(type == kInt32_ptr && size == 10 && writes == 0);
        // Managers such as the Daisy's know the object by its kind.
        CHECK((names.back() == "dsp instance") == (type == kObj_ptr && size == 0));
    }
    void end() override { ended = true; }
};

template <class Manager>
dspc::Status lifeOver(dspc::FromFaustManager<Manager>& allocator) {
    CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(&allocator)));
    const dspc::Status status = fullLife(allocator, [] { return 0; });
    CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(nullptr)));
    CHECK(allocator.references() == 1);
    return status;
}

// A full life, then each failure of it.
template <class Manager>
void liveAndFail() {
    Manager manager;
    dspc::FromFaustManager<Manager> allocator(manager);
    CHECK(dspc::ok(allocator.template describe<EchoDsp>()));
    CHECK(lifeOver(allocator) == dspc::Status::Ok);
    CHECK(manager.live.empty() && manager.asked.size() == 11);
    for (std::size_t n = 0; n < 11; ++n) {
        manager.asked.clear();
        manager.failAt = n;
        CHECK(lifeOver(allocator) == dspc::Status::OutOfMemory);
        CHECK(manager.live.empty());
    }
    CHECK(allocator.brokenPromises() == 0);
}

// What is told is what is asked, in that order, but for the scratch of the table generator.
template <class Manager>
void toldIsAsked() {
    Manager manager;
    dspc::FromFaustManager<Manager> allocator(manager);
    CHECK(dspc::ok(allocator.template describe<EchoDsp>()));
    CHECK(manager.ended && manager.announced == 5 && manager.told.size() == 5);
    CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(&allocator)));
    dspc::Instance<EchoDsp>* echo = nullptr;
    CHECK(dspc::ok(dspc::createDSPInstance2<EchoDsp>(&allocator, 48000, &echo)));
    CHECK(manager.asked.size() == 6);
    manager.asked.erase(manager.asked.begin() + 3);
    CHECK(manager.asked == manager.told);
    echo->release();
    CHECK(dspc::ok(dspc::ClassTables<EchoDsp>::setAllocator(nullptr)));
    CHECK(manager.live.empty());
}

// A manager that aligns to 4 only: with that known, all works; else a bad pointer goes back.
struct Unaligned final : original::Manager {
    alignas(16) unsigned char memory[16384];
    std::size_t mark = 4;
    int live = 0;
    void* allocate(std::size_t size) override {
        if (mark + size > sizeof memory) return nullptr;
        void* ptr = memory + mark;
        mark += dspc::roundUp(size, 8) + 8;
        ++live;
        return ptr;
    }
    void destroy(void*) override { --live; }
};

void unalignedManagers() {
    Unaligned manager;
    {
        dspc::FromFaustManager<Unaligned> knowing(manager, 4);
        CHECK(lifeOver(knowing) == dspc::Status::Ok && knowing.brokenPromises() == 0);
    }
    manager.mark = 4;
    dspc::FromFaustManager<Unaligned> trusting(manager);
    CHECK(trusting.allocate(8, 8, "x") == nullptr && trusting.brokenPromises() == 1);
    CHECK(manager.live == 0);
}

// The other way, and both ways in a row.
template <class Base>
void ourAllocatorsAsTheirs() {
    dspc::CountingAllocator counting(nullptr);
    {
        dspc::ToFaustManager<Base> theirs(counting);
        Base& manager = theirs;
        void* one = manager.allocate(100);
        void* none = manager.allocate(0);
        CHECK(one != nullptr && none != nullptr && one != none);
        CHECK(dspc::isAligned(one, dspc::kNaturalAlignment));
        CHECK(manager.allocate(SIZE_MAX) == nullptr);
        manager.destroy(one);
        manager.destroy(none);
        manager.destroy(nullptr);
        dspc::FromFaustManager<Base> back(manager);
        CHECK(lifeOver(back) == dspc::Status::Ok);
        CHECK(counting.references() == 2);
    }
    CHECK(counting.isClean() && counting.references() == 1 && counting.counts().allocations == 13);
}

}  // namespace

int main() {
    liveAndFail<Original>();
    liveAndFail<WithInfo>();
    liveAndFail<Today>();
    toldIsAsked<WithInfo>();
    toldIsAsked<Today>();
    unalignedManagers();
    ourAllocatorsAsTheirs<original::Manager>();
    ourAllocatorsAsTheirs<with_info::Manager>();
    ourAllocatorsAsTheirs<today::Manager>();
    std::puts("ok");
    return 0;
}
