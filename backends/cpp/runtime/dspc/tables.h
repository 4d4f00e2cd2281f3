// The class tables of a generated class: shared by its instances, owned by the class.
#ifndef DSPC_TABLES_H
#define DSPC_TABLES_H

#include "dspc/buffers.h"
#include "dspc/current.h"

namespace dspc {

// What a generated class D offers; README.md tells it with an example. `D::DspcMemory` has
//   static constexpr auto tables() noexcept            tableList(classTable<..>(..), ..)
//   static constexpr auto buffers() noexcept           bufferList<D>(instanceBuffer<..>(..), ..)
//   static constexpr bool tablesDependOnRate           whether fillTables looks at its rate
//   static Status fillTables(Allocator&, int) noexcept fills the tables; the allocator is for
//                                                      scratch, to be given back before it returns
// and D itself: a default constructor, a copy constructor that copies its members as they are, a
// destructor that frees none of these buffers, and `void instanceInit(int sample_rate)`, which
// sets the whole state without allocating.
template <class D>
struct DspClass {
    using Memory = typename D::DspcMemory;
    static constexpr auto tables = Memory::tables();
    static constexpr auto buffers = Memory::buffers();
    static_assert(areValid(tables), "each class table needs a name, bytes and a valid alignment");
    static_assert(areValid(buffers), "each buffer needs a name, bytes and a valid alignment");
    static_assert(std::is_default_constructible_v<D> && std::is_copy_constructible_v<D>,
                  "a DSP class can be made and copied");
    using Filled = decltype(Memory::fillTables(std::declval<Allocator&>(), 0));
    static_assert(std::is_same_v<Filled, Status>,
                  "fillTables answers a dspc::Status");
    static_assert(noexcept(Memory::fillTables(std::declval<Allocator&>(), 0)),
                  "fillTables does not throw");
};

// The tables of class D, counted by users. They live in the class's own allocator: the one set here
// or else the process default, never the current one of whichever thread happened to come first.
// Safe for any number of threads.
template <class D>
class ClassTables {
public:
    // nullptr: back to the default. Busy while tables are in use.
    static Status setAllocator(Allocator* allocator) noexcept {
        Store& store = theStore();
        AllocatorRef before;
        const Guard guard(store.mutex);
        if (store.users != 0) return Status::Busy;
        before = std::exchange(store.chosen, AllocatorRef(allocator));
        return Status::Ok;
    }

    // One user more; the first one allocates and fills the tables, or leaves none behind.
    static Status acquire(int rate) noexcept {
        if (rate <= 0) return Status::InvalidArgument;
        Store& store = theStore();
        const Guard guard(store.mutex);
        if (store.users == 0) {
            const Status status = build(store, rate);
            if (!ok(status)) return status;
        } else if (DspClass<D>::Memory::tablesDependOnRate && store.rate != rate) {
            return Status::RateConflict;
        }
        ++store.users;
        return Status::Ok;
    }

    // One user less; with the last one the tables go.
    static void release() noexcept {
        Store& store = theStore();
        const Guard guard(store.mutex);
        if (store.users == 0 || --store.users != 0) return;
        tearDown(store);
    }

    static std::uint32_t users() noexcept {
        Store& store = theStore();
        const Guard guard(store.mutex);
        return store.users;
    }

private:
    struct Store {
        Mutex mutex;
        AllocatorRef chosen;  // set by the program
        AllocatorRef owner;   // of the tables that exist
        std::uint32_t users = 0;
        int rate = 0;
    };

    static Store& theStore() noexcept {  // never destroyed: instances in statics may come later
        alignas(Store) static unsigned char storage[sizeof(Store)];
        static Store* const store = ::new (static_cast<void*>(storage)) Store;
        return *store;
    }

    static Status build(Store& store, int rate) noexcept {
        store.owner = store.chosen ? store.chosen : AllocatorRef(&defaultAllocator());
        const Scope scope(store.owner.get());
        ClassLevel object;
        Status status = acquireBuffers(*store.owner, object, DspClass<D>::tables);
        if (ok(status)) status = DspClass<D>::Memory::fillTables(*store.owner, rate);
        if (ok(status)) {
            store.rate = rate;
        } else {
            tearDown(store);
        }
        return status;
    }

    static void tearDown(Store& store) noexcept {
        const AllocatorRef owner = std::move(store.owner);
        const Scope scope(owner.get());
        ClassLevel object;
        releaseBuffers(*owner, object, DspClass<D>::tables);
    }
};

// One use of D's tables, given back when this goes.
template <class D>
class TablesShare {
public:
    TablesShare() noexcept = default;
    ~TablesShare() {
        if (held_) ClassTables<D>::release();
    }
    TablesShare(const TablesShare&) = delete;
    TablesShare& operator=(const TablesShare&) = delete;

    // Once, unless it failed.
    Status acquire(int rate) noexcept {
        const Status status = ClassTables<D>::acquire(rate);
        held_ = ok(status);
        return status;
    }

private:
    bool held_ = false;
};

}  // namespace dspc

#endif  // DSPC_TABLES_H
