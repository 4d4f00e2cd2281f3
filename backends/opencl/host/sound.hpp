// Sound files: WAV (PCM of 16, 24 or 32 bits, floats of 32 or 64) and raw samples, block by block.
#pragma once

#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace sound {

inline bool ends_with(const std::string &text, const std::string &end)
{
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

inline uint32_t word(const unsigned char *p, int bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; ++i)
        value |= uint32_t(p[i]) << (8 * i);
    return value;
}

/// Reads frames of samples. Raw files hold `Real`s, `channels` to a frame.
template <typename Real> class Reader {
  public:
    int channels = 1;
    int rate = 0; ///< 0 in raw files

    Reader(const std::string &path, int raw_channels) : file_(path, std::ios::binary), path_(path)
    {
        if (!file_)
            throw std::runtime_error(path + ": cannot be read");
        if (ends_with(path, ".raw")) {
            channels = raw_channels > 0 ? raw_channels : 1;
            bits_ = 8 * int(sizeof(Real));
            is_float_ = true;
            left_ = UINT64_MAX;
        } else {
            open_wav();
        }
    }

    /// Fills `rows[channel][frame]`; the number of frames that there were.
    int read(std::vector<std::vector<Real>> &rows, int frames)
    {
        const int bytes = bits_ / 8;
        std::vector<unsigned char> data(size_t(frames) * channels * bytes);
        uint64_t want = data.size() < left_ ? data.size() : left_;
        file_.read(reinterpret_cast<char *>(data.data()), std::streamsize(want));
        const uint64_t got = uint64_t(file_.gcount());
        left_ -= got;
        const int found = int(got / (uint64_t(channels) * bytes));
        rows.assign(channels, std::vector<Real>(frames, Real(0)));
        for (int frame = 0; frame < found; ++frame)
            for (int channel = 0; channel < channels; ++channel)
                rows[channel][frame] = sample(&data[size_t(frame * channels + channel) * bytes]);
        return found;
    }

  private:
    std::ifstream file_;
    std::string path_;
    int bits_ = 16;
    bool is_float_ = false;
    uint64_t left_ = 0;

    Real sample(const unsigned char *p) const
    {
        if (is_float_ && bits_ == 32) {
            float value;
            std::memcpy(&value, p, 4);
            return Real(value);
        }
        if (is_float_) {
            double value;
            std::memcpy(&value, p, 8);
            return Real(value);
        }
        const uint32_t shifted = word(p, bits_ / 8) << (32 - bits_);
        return Real(int32_t(shifted)) / Real(2147483648.0);
    }

    void open_wav()
    {
        unsigned char head[12], chunk[8];
        file_.read(reinterpret_cast<char *>(head), 12);
        if (!file_ || std::memcmp(head, "RIFF", 4) || std::memcmp(head + 8, "WAVE", 4))
            throw std::runtime_error(path_ + ": is no WAV file (raw samples end in .raw)");
        int form = 0;
        while (file_.read(reinterpret_cast<char *>(chunk), 8)) {
            const uint32_t size = word(chunk + 4, 4);
            if (!std::memcmp(chunk, "fmt ", 4)) {
                std::vector<unsigned char> format(size < 16 ? 16 : size);
                file_.read(reinterpret_cast<char *>(format.data()), size);
                form = int(word(&format[0], 2));
                channels = int(word(&format[2], 2));
                rate = int(word(&format[4], 4));
                bits_ = int(word(&format[14], 2));
                if (form == 0xFFFE && size >= 26)
                    form = int(word(&format[24], 2));
            } else if (!std::memcmp(chunk, "data", 4)) {
                left_ = size;
                break;
            } else {
                file_.seekg(size + (size & 1), std::ios::cur);
            }
        }
        is_float_ = form == 3;
        const bool known = (form == 1 && (bits_ == 16 || bits_ == 24 || bits_ == 32)) ||
                           (is_float_ && (bits_ == 32 || bits_ == 64));
        if (!known || channels < 1)
            throw std::runtime_error(path_ + ": WAV files are read with 16, 24 or 32 bits");
    }
};

/// Writes frames of samples: raw `Real`s, or a WAV file of 32-bit floats.
template <typename Real> class Writer {
  public:
    Writer(const std::string &path, int channels, int rate)
        : file_(path, std::ios::binary), path_(path), channels_(channels), rate_(rate),
          is_raw_(ends_with(path, ".raw"))
    {
        if (!file_)
            throw std::runtime_error(path + ": cannot be written");
        if (!is_raw_)
            head();
    }

    /// `rows` holds a row of `frames` samples for each channel, one after the other.
    void write(const std::vector<Real> &rows, int frames)
    {
        std::vector<float> narrow(is_raw_ ? 0 : size_t(frames) * channels_);
        std::vector<Real> wide(is_raw_ ? size_t(frames) * channels_ : 0);
        for (int channel = 0; channel < channels_; ++channel)
            for (int frame = 0; frame < frames; ++frame) {
                const size_t at = size_t(frame) * channels_ + channel;
                const Real value = rows[size_t(channel) * frames + frame];
                if (is_raw_)
                    wide[at] = value;
                else
                    narrow[at] = float(value);
            }
        put(wide.data(), wide.size() * sizeof(Real));
        put(narrow.data(), narrow.size() * sizeof(float));
        bytes_ += uint32_t(narrow.size() * sizeof(float));
    }

    void close()
    {
        if (!is_raw_) {
            file_.seekp(0);
            head();
        }
        file_.close();
        if (!file_)
            throw std::runtime_error(path_ + ": cannot be written to the end");
    }

  private:
    std::ofstream file_;
    std::string path_;
    int channels_, rate_;
    bool is_raw_;
    uint32_t bytes_ = 0;

    void put(const void *data, size_t size)
    {
        if (size)
            file_.write(static_cast<const char *>(data), std::streamsize(size));
    }

    void number(uint32_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i)
            file_.put(char(value >> (8 * i)));
    }

    void head()
    {
        file_ << "RIFF";
        number(36 + bytes_, 4);
        file_ << "WAVEfmt ";
        number(16, 4);
        number(3, 2);
        number(uint32_t(channels_), 2);
        number(uint32_t(rate_), 4);
        number(uint32_t(rate_ * channels_ * 4), 4);
        number(uint32_t(channels_ * 4), 2);
        number(32, 2);
        file_ << "data";
        number(bytes_, 4);
    }
};

} // namespace sound
