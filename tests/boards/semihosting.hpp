// Start-up of a Cortex-M7 without a C library's, and files of the host by semihosting.
#pragma once
#include <cstdint>
#include <cstring>

extern "C" {
extern unsigned _estack, _sdata, _edata, _sidata, _sbss, _ebss, _sslow, _eslow, _snear, _enear;
extern void (*__init_array_start[])(), (*__init_array_end[])();
int main();
void* __dso_handle;
int __aeabi_atexit(void*, void (*)(void*), void*) { return 0; }

static int host(int operation, const void* arguments)
{
    register int r0 asm("r0") = operation;
    register const void* r1 asm("r1") = arguments;
    asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static void leave(int status)
{
    const uintptr_t stopped[] = {0x20026, uintptr_t(status)};  // ADP_Stopped_ApplicationExit
    host(0x20, stopped);                                         // SYS_EXIT_EXTENDED
    for (;;) {}
}

static void fault() { leave(99); }

__attribute__((noreturn)) void reset()
{
    *reinterpret_cast<volatile unsigned*>(0xE000ED88) |= 0xF << 20;  // the floating-point unit
    asm volatile("dsb\n isb");
    std::memcpy(&_sdata, &_sidata, uintptr_t(&_edata) - uintptr_t(&_sdata));
    std::memset(&_sbss, 0, uintptr_t(&_ebss) - uintptr_t(&_sbss));
    // Sections of a board hold anything when a program begins.
    std::memset(&_sslow, 0xA5, uintptr_t(&_eslow) - uintptr_t(&_sslow));
    std::memset(&_snear, 0xA5, uintptr_t(&_enear) - uintptr_t(&_snear));
    for (auto f = __init_array_start; f != __init_array_end; ++f) (*f)();
    leave(main());
    for (;;) {}
}

__attribute__((section(".isr_vector"), used)) const void* vectors[16] = {
    &_estack, reinterpret_cast<void*>(reset), reinterpret_cast<void*>(fault),
    reinterpret_cast<void*>(fault), reinterpret_cast<void*>(fault), reinterpret_cast<void*>(fault),
    reinterpret_cast<void*>(fault)};
}

static uintptr_t file;

static void begin()
{
    static const char name[] = "samples.raw";
    const uintptr_t open[] = {uintptr_t(name), 5, sizeof name - 1};  // SYS_OPEN, "wb"
    file = host(1, open);
}

static void write(const void* data, unsigned bytes)
{
    const uintptr_t arguments[] = {file, uintptr_t(data), bytes};  // SYS_WRITE
    if (host(5, arguments)) leave(98);
}

static void end()
{
    const uintptr_t arguments[] = {file};  // SYS_CLOSE
    host(2, arguments);
}
