// Sound files on the device.
#pragma once
#include "player.hpp"

/// The parts of a slot's sound files, one after the other; silence where there is no file.
inline void Player::make_files()
{
    const int silent_frames = 1024, silent_rate = 44100, most_parts = 256;
    for (const program::Slot &slot : program::SLOTS) {
        std::vector<std::vector<std::vector<Real>>> parts;
        std::vector<cl_int> lengths, rates, starts;
        size_t channels = 1;
        for (const char *name : slot.files) {
            std::vector<std::vector<Real>> rows(1, std::vector<Real>(silent_frames, Real(0)));
            int rate = silent_rate;
            try {
                sound::Reader<Real> reader(name, 1);
                rows.assign(size_t(reader.channels), {});
                rate = reader.rate;
                std::vector<std::vector<Real>> some;
                while (const int found = reader.read(some, 65536))
                    for (size_t c = 0; c < rows.size(); ++c)
                        rows[c].insert(rows[c].end(), some[c].begin(), some[c].begin() + found);
            } catch (const std::exception &fault) {
                std::cerr << "warning: " << fault.what() << "; it is silent\n";
            }
            channels = std::max(channels, rows.size());
            rates.push_back(rate);
            parts.push_back(rows);
        }
        std::vector<std::vector<Real>> whole_rows(channels);
        for (const auto &rows : parts) {
            starts.push_back(cl_int(whole_rows[0].size()));
            lengths.push_back(cl_int(rows[0].size()));
            for (size_t c = 0; c < channels; ++c) {
                const std::vector<Real> &row = rows[c % rows.size()];
                whole_rows[c].insert(whole_rows[c].end(), row.begin(), row.end());
            }
        }
        starts.resize(most_parts, cl_int(whole_rows[0].size()));
        lengths.resize(most_parts, silent_frames);
        rates.resize(most_parts, silent_rate);
        std::vector<Real> samples;
        for (std::vector<Real> &row : whole_rows) {
            row.resize(row.size() + silent_frames, Real(0));
            samples.insert(samples.end(), row.begin(), row.end());
        }
        std::vector<cl_int> table = {cl_int(channels), cl_int(whole_rows[0].size())};
        for (const auto *column : {&lengths, &rates, &starts})
            table.insert(table.end(), column->begin(), column->end());
        files_.push_back(buffer(samples.size() * sizeof(Real), 0));
        write(files_.back(), samples);
        files_.push_back(buffer(table.size() * sizeof(cl_int), 0));
        write(files_.back(), table);
    }
}
