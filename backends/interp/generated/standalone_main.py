"""The constant parts of a standalone Python program: the class `Processor` and `main`."""

TRAP = '''

class Trap(Exception):
    """The program did what has no meaning."""

'''

MAIN = '''

class Processor:
    """One instance, with its state, at a sampling rate in Hz."""

    def __init__(self, rate=44100):
        self.memory = new_memory()
        self.functions = dict(zip(FUNCTIONS, make(self.memory)))
        with np.errstate(all="ignore"):
            self.functions["class_init"](rate)
            self.functions["instance_constants"](rate)
            self.functions["instance_clear"]()

    def set(self, path, value):
        """Set a control; CONTROLS has their paths."""
        if CONTROLS[path] is not None:
            self.memory[CONTROLS[path]][0] = number(value, PRECISION)

    def compute(self, inputs):
        """Outputs [OUTPUTS, frames] for inputs [INPUTS, frames]; the state goes on."""
        kind = np.float32 if PRECISION == "f32" else np.float64
        inputs = np.asarray(inputs, kind)
        frames = inputs.shape[1]
        rows = [list(row) if PRECISION == "f32" else row.tolist() for row in inputs]
        results = [[number(0, PRECISION)] * frames for _ in range(OUTPUTS)]
        with np.errstate(all="ignore"):
            self.functions["compute"](frames, *rows, *results)
        return np.array(results, kind).reshape(OUTPUTS, frames)


def read_wav(path):
    import wave

    with wave.open(path) as file:
        if file.getsampwidth() != 2:
            raise SystemExit("16-bit .wav files only")
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return data.reshape(-1, file.getnchannels()).T / 32768.0, file.getframerate()


def write_wav(path, samples, rate):
    import wave

    with wave.open(path, "wb") as file:
        file.setnchannels(len(samples))
        file.setsampwidth(2)
        file.setframerate(rate)
        scaled = np.rint(np.clip(np.nan_to_num(samples.T), -1, 32767 / 32768) * 32768)
        file.writeframes(scaled.astype("<i2").tobytes())


def main():
    files = sys.argv[1:]
    if len(files) not in (1, 2):
        raise SystemExit(f"usage: python {sys.argv[0]} [IN.wav] OUT.wav")
    if len(files) == 2:
        samples, rate = read_wav(files[0])
    else:
        rate = 44100
        samples = np.zeros((INPUTS, 2 * rate))
        samples[:, :1] = 1.0
    inputs = np.zeros((INPUTS, samples.shape[1] if samples.size or INPUTS else 2 * rate))
    for at in range(INPUTS):
        inputs[at] = samples[at % len(samples)]
    write_wav(files[-1], Processor(rate).compute(inputs), rate)


if __name__ == "__main__":
    main()
'''
