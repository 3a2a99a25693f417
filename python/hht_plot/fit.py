"""Growth or damping rate and frequency of the field from its energy.

The field energy of one mode is exp(2 gamma t) cos^2(omega t + c), or exp(2 gamma t) where it does not oscillate. So the
rate is half the slope of the logarithm along its peaks, and the frequency pi over the mean distance of peaks.
Transients, saturation and round-off bend that line; the fit takes the longest stretch on which it is straight.
"""
from dataclasses import dataclass

import numpy as np

# How straight the logarithm must be (rms), tried in this order.
TOLERANCES = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, np.inf)
MIN_PEAKS = 5
MAX_SAMPLES = 240
MIN_CHANGE = 1.0  # of the logarithm of an energy without peaks, below which its slope is no rate
MIN_SHARE = 0.2   # of the series that a slope is fitted to: a short stretch of any curve is straight
MAX_BEND = 0.02   # rms, of the change along the fitted stretch; a curve that bends more has no rate


@dataclass
class Fit:
    rate: float        # of the field, half that of its energy
    rate_error: float  # standard error
    frequency: float   # 0 where the field does not oscillate
    start: float       # the window of time
    end: float
    peaks: np.ndarray  # times of the peaks in the window, empty if monotone
    level: float       # log of the field energy on the line at t = 0

    def line(self, time):
        """The fitted envelope of the field energy."""
        return np.exp(self.level + 2 * self.rate * time)


def fit_field(time, energy):
    """Fits a series of the field energy; None where there is nothing to fit."""
    good = np.isfinite(energy) & (energy > 0)
    time, log_energy = time[good], np.log(energy[good])
    if len(time) < 8 or np.ptp(log_energy) < 1e-6:
        return None
    linear = linear_phase(log_energy)
    peak_time, peak_log = find_peaks(time[:linear], log_energy[:linear])
    if len(peak_time) >= MIN_PEAKS - 1:
        return fit_peaks(peak_time, peak_log)
    return fit_slope(time[:linear], log_energy[:linear])


def linear_phase(log_energy):
    """How many samples precede saturation: all, unless the energy grows by more than a factor of 20 from its start."""
    top = np.max(log_energy)
    if top - log_energy[0] < np.log(20):
        return len(log_energy)
    # The mode feels saturation well before its maximum.
    return max(int(np.argmax(log_energy > top - np.log(10))), 8)


def find_peaks(time, log_energy):
    """Peaks with a valley of at least 0.2 before and after, placed between samples by a parabola."""
    times, logs = [], []
    valley = log_energy[0]
    for i in range(1, len(time) - 1):
        left, here, right = log_energy[i - 1:i + 2]
        valley = min(valley, here)
        if not left < here >= right:
            continue
        after = log_energy[i:]
        higher = np.argmax(after > here) if np.any(after > here) else len(after)
        if min(here - valley, here - np.min(after[:higher])) < 0.2:
            continue
        shift = 0.5 * (left - right) / (left - 2 * here + right)
        times.append(time[i] + shift * (time[i + 1] - time[i]))
        logs.append(here - 0.25 * (left - right) * shift)
        valley = here
    return np.array(times), np.array(logs)


def fit_peaks(peak_time, peak_log):
    first, last = longest_straight(peak_time, peak_log, min(MIN_PEAKS, len(peak_time)), 0, 0)
    peaks = peak_time[first:last]
    slope, level, error = line_through(peaks, peak_log[first:last])
    return Fit(slope / 2, error / 2, np.pi / peak_distance(peaks), peaks[0], peaks[-1], peaks, level)


def peak_distance(peaks):
    """The mean distance, where a peak that fell between two samples counts as missed and not as a longer distance."""
    gaps = np.diff(peaks)
    number = np.concatenate(([0], np.cumsum(np.rint(gaps / np.median(gaps)))))
    return line_through(number, peaks)[0]


def fit_slope(time, log_energy):
    if np.ptp(log_energy) < MIN_CHANGE:
        return None
    stride = -(-len(time) // MAX_SAMPLES)
    sparse_time, sparse_log = time[::stride], log_energy[::stride]
    # A rate is only measured where the energy changes by a factor of e^2, or half of what it changes in all.
    change = min(2.0, 0.5 * np.ptp(sparse_log))
    first, last = longest_straight(sparse_time, sparse_log, 8, change, MIN_SHARE * np.ptp(time))
    if residuals(sparse_time, sparse_log, [(first, last)])[0] > MAX_BEND * abs(sparse_log[last - 1] - sparse_log[first]):
        return None
    window = (time >= sparse_time[first]) & (time <= sparse_time[last - 1])
    slope, level, error = line_through(time[window], log_energy[window])
    return Fit(slope / 2, error / 2, 0.0, sparse_time[first], sparse_time[last - 1], np.array([]), level)


def longest_straight(x, y, min_count, min_change, min_length):
    """The longest [first, last) that is straight to the first of TOLERANCES that any window meets."""
    windows = []
    for first in range(len(x) - min_count + 1):
        for last in range(first + min_count, len(x) + 1):
            if abs(y[last - 1] - y[first]) >= min_change and x[last - 1] - x[first] >= min_length:
                windows.append((first, last))
    if not windows:
        return 0, len(x)
    bend = residuals(x, y, windows)
    for tolerance in TOLERANCES:
        straight = [window for window, rms in zip(windows, bend) if rms <= tolerance]
        if straight:
            return max(straight, key=lambda window: x[window[1] - 1] - x[window[0]])
    return 0, len(x)


def residuals(x, y, windows):
    """The rms distance from the least-squares line of each window, all by running sums."""
    x, y = x - np.mean(x), y - np.mean(y)
    first, last = np.array(windows).T
    total = [np.concatenate(([0.0], np.cumsum(term))) for term in (x, y, x * x, x * y, y * y)]
    n = last - first
    sx, sy, sxx, sxy, syy = (sums[last] - sums[first] for sums in total)
    var_x, var_y, cov = sxx - sx * sx / n, syy - sy * sy / n, sxy - sx * sy / n
    return np.sqrt(np.maximum(var_y - cov * cov / var_x, 0) / n)


def line_through(x, y):
    """Slope, value at 0 and standard error of the slope."""
    centre = np.mean(x)
    square = np.sum((x - centre)**2)
    slope = np.sum((x - centre) * (y - np.mean(y))) / square
    level = np.mean(y) - slope * centre
    spread = np.sum((y - level - slope * x)**2) / max(len(x) - 2, 1)
    return slope, level, np.sqrt(spread / square)
