"""The two annealers' inner loops, compiled by numba when first called and kept on disk.

Each has a plain twin in ``plain.py`` that does the same with full recomputation; a test compares
them move by move. No fast-math: what is accepted must not depend on the machine's rounding.
"""

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Bits = NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)
_S11, _S27, _S30, _S31, _S32 = (np.uint64(k) for k in (11, 27, 30, 31, 32))
_HALF = np.uint64(0x80000000)
_LOW32 = np.uint64(0xFFFFFFFF)
_UNIT = 1.0 / 9007199254740992.0  # 2 ** -53


@njit(cache=True, nogil=True, inline="always")
def _draw(state) -> Any:  # type: ignore[no-untyped-def]
    """SplitMix64."""
    state[0] += _GOLDEN
    z = state[0]
    z = (z ^ (z >> _S30)) * _MIX1
    z = (z ^ (z >> _S27)) * _MIX2
    return z ^ (z >> _S31)


@njit(cache=True, nogil=True, inline="always")
def _scaled(bits32, n) -> Any:  # type: ignore[no-untyped-def]
    """A number from 0 to n - 1 out of 32 random bits."""
    return np.int64((bits32 * np.uint64(n)) >> _S32)


@njit(cache=True, nogil=True, inline="always")
def _share(bits) -> float:  # type: ignore[no-untyped-def]
    return float(bits >> _S11) * _UNIT


@njit(cache=True, nogil=True, inline="always")
def _outside(size, low, high) -> Any:  # type: ignore[no-untyped-def]
    if size < low:
        return low - size
    if size > high:
        return size - high
    return 0


@njit(cache=True, nogil=True, inline="always")
def _short(n, least, or_none) -> Any:  # type: ignore[no-untyped-def]
    """How much a group has too few of a kind. Where none is allowed too, the product of both ways
    out: it falls as soon as a group leaves the middle, so that people gather in some groups.
    """
    if n >= least:
        return 0
    if or_none:
        return n * (least - n)
    return least - n


@njit(cache=True, nogil=True)
def compose_steps(  # type: ignore[no-untyped-def]
    steps,
    temperature,
    penalty,
    insert_share,
    mate_share,  # of the swaps, how many are of two people who are alike in something
    low,
    high,
    size_reward,  # what a group of each size is worth
    alike,  # kinds per item if all items are single people with one kind per column, else 0
    weight,  # per kind
    cap,  # per kind
    has_least,  # whether any kind has a least number; without, nothing is counted for it
    least,  # per kind
    or_none,  # per kind, whether a group may have none instead
    item_size,
    item_start,
    item_kind,  # each item's kinds, rising
    item_count,
    apart_start,
    apart,  # items that must not share this item's group
    met_start,
    met,  # items with people this item's people met before
    met_weight,
    movable,  # items that are not locked
    mate_start,
    mate,  # the movable items of each kind
    home,  # the group that an item was in before, or -1
    stay,  # what it costs to be elsewhere
    group_of,
    group_size,
    count,  # people of a kind in a group
    state,
    energy,  # now: objective, broken; best: objective, broken
    best_group_of,
    tally,  # accepted moves that made it worse
) -> None:
    """Try ``steps`` swaps of two items or inserts of one; keep the best grouping seen.

    Fewer broken rules always count as better; among equals the lower objective does.
    """
    groups = group_size.shape[0]
    n_movable = movable.shape[0]
    insert_below = np.uint64(insert_share * 4294967296.0)
    mate_below = np.uint64(mate_share * 4294967296.0)
    for _ in range(steps):
        bits = _draw(state)
        i = movable[_scaled(bits >> _S32, n_movable)]
        g = group_of[i]
        j = -1
        more = _draw(state)
        if (more >> _S32) < insert_below:
            h = _scaled(bits & _LOW32, groups)
        elif (more & _LOW32) < mate_below:
            at = item_start[i] + _scaled(_draw(state) >> _S32, item_start[i + 1] - item_start[i])
            k = item_kind[at]
            j = mate[mate_start[k] + _scaled(bits & _LOW32, mate_start[k + 1] - mate_start[k])]
            h = group_of[j]
        else:
            j = movable[_scaled(bits & _LOW32, n_movable)]
            h = group_of[j]
        if g == h:
            continue
        # sizes: d people more in g, d fewer in h
        a, a_end = item_start[i], item_start[i + 1]
        d = -item_size[i]
        b, b_end = 0, 0
        if j >= 0:
            b, b_end = item_start[j], item_start[j + 1]
            d += item_size[j]
        change = 0.0
        broken = 0
        if d != 0:
            change -= (
                size_reward[group_size[g] + d]
                + size_reward[group_size[h] - d]
                - size_reward[group_size[g]]
                - size_reward[group_size[h]]
            )
            broken += (
                _outside(group_size[g] + d, low, high)
                + _outside(group_size[h] - d, low, high)
                - _outside(group_size[g], low, high)
                - _outside(group_size[h], low, high)
            )
        if alike and j >= 0:
            for x in range(alike):
                p, q = item_kind[a + x], item_kind[b + x]
                if p != q:
                    n_g, n_h, most = count[g, p], count[h, p], cap[p]
                    change += weight[p] * (n_h - n_g + 1)
                    if n_g > most or n_h >= most:
                        broken += (n_h >= most) - (n_g > most)
                    if has_least and least[p] > 0:
                        broken += (
                            _short(n_g - 1, least[p], or_none[p])
                            + _short(n_h + 1, least[p], or_none[p])
                            - _short(n_g, least[p], or_none[p])
                            - _short(n_h, least[p], or_none[p])
                        )
                    n_g, n_h, most = count[g, q], count[h, q], cap[q]
                    change += weight[q] * (n_g - n_h + 1)
                    if n_h > most or n_g >= most:
                        broken += (n_g >= most) - (n_h > most)
                    if has_least and least[q] > 0:
                        broken += (
                            _short(n_g + 1, least[q], or_none[q])
                            + _short(n_h - 1, least[q], or_none[q])
                            - _short(n_g, least[q], or_none[q])
                            - _short(n_h, least[q], or_none[q])
                        )
            a, b = a_end, b_end
        # kinds: the two rising lists are merged, d as for sizes
        while a < a_end or b < b_end:
            if b >= b_end or (a < a_end and item_kind[a] < item_kind[b]):
                k = item_kind[a]
                d = -item_count[a]
                a += 1
            elif a >= a_end or item_kind[b] < item_kind[a]:
                k = item_kind[b]
                d = item_count[b]
                b += 1
            else:
                k = item_kind[a]
                d = item_count[b] - item_count[a]
                a += 1
                b += 1
            if d != 0:
                n_g, n_h, most = count[g, k], count[h, k], cap[k]
                change += weight[k] * (d * (n_g - n_h + d))
                if n_g > most or n_h > most or n_g + d > most or n_h - d > most:
                    broken += (
                        max(0, n_g + d - most)
                        + max(0, n_h - d - most)
                        - max(0, n_g - most)
                        - max(0, n_h - most)
                    )
                if has_least and least[k] > 0:
                    broken += (
                        _short(n_g + d, least[k], or_none[k])
                        + _short(n_h - d, least[k], or_none[k])
                        - _short(n_g, least[k], or_none[k])
                        - _short(n_h, least[k], or_none[k])
                    )
        for x in range(apart_start[i], apart_start[i + 1]):
            other = group_of[apart[x]]
            if apart[x] != j:
                if other == h:
                    broken += 1
                elif other == g:
                    broken -= 1
        for x in range(met_start[i], met_start[i + 1]):
            other = group_of[met[x]]
            if met[x] != j:
                if other == h:
                    change += met_weight[x]
                elif other == g:
                    change -= met_weight[x]
        if j >= 0:
            for x in range(apart_start[j], apart_start[j + 1]):
                other = group_of[apart[x]]
                if apart[x] != i:
                    if other == g:
                        broken += 1
                    elif other == h:
                        broken -= 1
            for x in range(met_start[j], met_start[j + 1]):
                other = group_of[met[x]]
                if met[x] != i:
                    if other == g:
                        change += met_weight[x]
                    elif other == h:
                        change -= met_weight[x]
        if home[i] == h:
            change -= stay[i]
        elif home[i] == g:
            change += stay[i]
        if j >= 0:
            if home[j] == g:
                change -= stay[j]
            elif home[j] == h:
                change += stay[j]
        worse = change + penalty * broken
        if worse > 0.0:
            if worse > 40.0 * temperature:
                continue
            if _share(_draw(state)) >= math.exp(-worse / temperature):
                continue
            tally[0] += 1
            _remember(energy, group_of, best_group_of)
        energy[0] += change
        energy[1] += broken
        _move(i, g, h, item_size, item_start, item_kind, item_count, group_of, group_size, count)
        if j >= 0:
            _move(
                j, h, g, item_size, item_start, item_kind, item_count, group_of, group_size, count
            )
    _remember(energy, group_of, best_group_of)


@njit(cache=True, nogil=True)
def _remember(energy, group_of, best_group_of) -> None:  # type: ignore[no-untyped-def]
    if energy[1] < energy[3] or (energy[1] == energy[3] and energy[0] < energy[2] - 1e-9):
        energy[2] = energy[0]
        energy[3] = energy[1]
        best_group_of[:] = group_of


@njit(cache=True, nogil=True)
def _move(  # type: ignore[no-untyped-def]
    i, g, h, item_size, item_start, item_kind, item_count, group_of, group_size, count
) -> None:
    group_of[i] = h
    group_size[g] -= item_size[i]
    group_size[h] += item_size[i]
    for x in range(item_start[i], item_start[i + 1]):
        count[g, item_kind[x]] -= item_count[x]
        count[h, item_kind[x]] += item_count[x]


@njit(cache=True, nogil=True, inline="always")
def _gap_broken(early, late, early_length, day, gap_low, gap_high) -> Any:  # type: ignore[no-untyped-def]
    """How many weeks, rounded up, two blocks' first days lie outside the gap; overlap counts too."""
    days = day[late] - day[early]
    if days < gap_low:
        broken = (gap_low - days + 6) // 7
    elif days > gap_high:
        broken = (days - gap_high + 6) // 7
    else:
        broken = 0
    if late < early + early_length:
        broken += 1
    return broken


@njit(cache=True, nogil=True)
def _gaps_of(m, blocks, length, first, day, gap_low, gap_high) -> Any:  # type: ignore[no-untyped-def]
    b = m % blocks
    broken = 0
    if b > 0:
        broken += _gap_broken(first[m - 1], first[m], length[b - 1], day, gap_low, gap_high)
    if b + 1 < blocks:
        broken += _gap_broken(first[m], first[m + 1], length[b], day, gap_low, gap_high)
    return broken


@njit(cache=True, nogil=True)
def _leave(  # type: ignore[no-untyped-def]
    g, start, length, places, cap, unit_start, unit, unit_count, load, away
) -> Any:
    """Take a meeting off its days; give how much less is broken by that."""
    less = 0
    for d in range(start, start + length):
        if load[d] > places:
            less += 1
        load[d] -= 1
        for x in range(unit_start[g], unit_start[g + 1]):
            u, n = unit[x], unit_count[x]
            before = away[d, u]
            away[d, u] = before - n
            if before > cap[u]:
                less += before - max(cap[u], before - n)
    return less


@njit(cache=True, nogil=True)
def _come(  # type: ignore[no-untyped-def]
    g, start, length, places, cap, unit_start, unit, unit_count, load, away
) -> Any:
    """Put a meeting on its days; give how much more is broken by that."""
    more = 0
    for d in range(start, start + length):
        if load[d] >= places:
            more += 1
        load[d] += 1
        for x in range(unit_start[g], unit_start[g + 1]):
            u, n = unit[x], unit_count[x]
            after = away[d, u] + n
            away[d, u] = after
            if after > cap[u]:
                more += after - max(cap[u], after - n)
    return more


@njit(cache=True, nogil=True)
def schedule_steps(  # type: ignore[no-untyped-def]
    steps,
    temperature,
    places,  # meetings a day at most
    gap_low,  # in days
    gap_high,
    blocks,
    length,  # per block, in working days
    day,  # per working day, its date as a number
    option_start,
    option,  # per meeting, the first days that it may have, rising
    reach,  # how many of them count as near, on each side
    cap,  # per unit
    unit_start,
    unit,  # per group, the units that a cap binds
    unit_count,
    movable,  # meetings with more than one option
    first,  # per meeting, its first day
    load,  # per working day, the meetings on it
    away,  # per working day and unit, the people away
    state,
    broken,  # now, fewest
    best_first,
) -> Any:
    """Try ``steps`` new first days of one meeting each, every other one near the old day.

    Ends early, with nothing broken, as soon as it can. Gives the steps taken.
    """
    for step in range(steps):
        if broken[0] == 0:
            return step
        bits = _draw(state)
        m = movable[_scaled(bits >> _S32, movable.shape[0])]
        g, b = m // blocks, m % blocks
        o_start, options = option_start[m], option_start[m + 1] - option_start[m]
        old = first[m]
        if options > 2 * reach and (_draw(state) >> _S32) >= _HALF:
            at = np.searchsorted(option[o_start : o_start + options], old) - reach
            at = min(max(0, at), options - 2 * reach - 1)
            new = option[o_start + at + _scaled(bits & _LOW32, 2 * reach + 1)]
        else:
            new = option[o_start + _scaled(bits & _LOW32, options)]
        if new == old:
            continue
        change = -_gaps_of(m, blocks, length, first, day, gap_low, gap_high)
        first[m] = new
        change += _gaps_of(m, blocks, length, first, day, gap_low, gap_high)
        if change <= 6.0 * temperature + 8.0:
            change -= _leave(
                g, old, length[b], places, cap, unit_start, unit, unit_count, load, away
            )
            change += _come(
                g, new, length[b], places, cap, unit_start, unit, unit_count, load, away
            )
            if change <= 0 or _share(_draw(state)) < math.exp(-change / temperature):
                broken[0] += change
                if broken[0] < broken[1]:
                    broken[1] = broken[0]
                    best_first[:] = first
                continue
            _leave(g, new, length[b], places, cap, unit_start, unit, unit_count, load, away)
            _come(g, old, length[b], places, cap, unit_start, unit, unit_count, load, away)
        first[m] = old
    return steps


@njit(cache=True, nogil=True)
def fill_with_logs(logs, state) -> None:  # type: ignore[no-untyped-def]
    """Logarithms of numbers drawn evenly from 0 to 1: a loss is accepted if above temperature x log."""
    for k in range(logs.shape[0]):
        logs[k] = math.log(_share(_draw(state)) + 0.5 * _UNIT)


@njit(cache=True, nogil=True)
def _accepted(row, gain_of_group, own, group_of, gain, logs, temperature, base) -> Any:  # type: ignore[no-untyped-def]
    """How many of the swaps of one person with a stretch of others would be accepted.

    Nothing is stored and nothing leaves the loop early, so that the compiler does it eight at a time.
    """
    hits = np.int32(0)
    for j in range(gain_of_group.shape[0]):
        change = (
            gain[group_of[j]]
            + gain_of_group[j]
            - own[j]
            - np.float32(2.0) * np.float32(row[j])
            - temperature * logs[j]
            - base
        )
        hits += np.int32(change > np.float32(0.0))
    return hits


@njit(cache=True, nogil=True)
def _refresh(own, group_of, g, gain_g, h, gain_h) -> None:  # type: ignore[no-untyped-def]
    """Everybody's gain in her own group, after the groups g and h changed."""
    a, b = np.uint32(g), np.uint32(h)
    for v in range(own.shape[0]):
        of = group_of[v]
        old = own[v]
        if of == a:
            old = gain_g[v]
        if of == b:
            old = gain_h[v]
        own[v] = old


@njit(cache=True, nogil=True)
def mdgp_rows(  # type: ignore[no-untyped-def]
    rows,
    temperature,
    with_inserts,
    distance,  # whole numbers in one byte where they fit, else float32
    low,
    high,
    size,
    group_of,
    gain,  # per group and person, the distances from the person to the group
    own,  # the same for the person's own group
    best_group_of,
    value,  # now, best
    state,
    tally,  # accepted moves that made it worse
    logs,  # more than twice as many as people
    here,  # room for one person's gain in every group
    stretch,
) -> None:
    """``rows`` times: one person is compared with everybody, and swaps wherever that is accepted.

    A row of distances, the gains of one group and the groups lie side by side in memory, so a
    large problem waits no more for its memory than a small one.
    """
    n, groups = group_of.shape[0], low.shape[0]
    span = logs.shape[0] - n - groups
    temperature = np.float32(temperature)
    two, nothing, never = np.float32(2.0), np.float32(0.0), np.float32(-1e30)
    for _ in range(rows):
        bits = _draw(state)
        i = _scaled(bits >> _S32, n)
        at = _scaled(bits & _LOW32, span)
        g: Any = np.int64(group_of[i])
        row = distance[i]
        for k in range(groups):
            here[k] = gain[k, i]
        here[g] = never
        base = own[i]
        if with_inserts and size[g] > low[g]:
            for k in range(groups):
                if k == g or size[k] >= high[k]:
                    continue
                change = here[k] - base
                if change <= temperature * logs[at + n + k]:
                    continue
                if change < nothing:
                    tally[0] += 1
                    _keep_best(value, group_of, best_group_of)
                value[0] += change
                for v in range(n):
                    gain[g, v] -= np.float32(row[v])
                    gain[k, v] += np.float32(row[v])
                group_of[i] = k
                size[g] -= 1
                size[k] += 1
                _refresh(own, group_of, g, gain[g], k, gain[k])
                here[g], here[k] = gain[g, i], never
                g, base = k, own[i]
                break
        first = 0
        while first < n:
            end = min(n, first + stretch)
            hits = _accepted(
                row[first:end],
                gain[g, first:end],
                own[first:end],
                group_of[first:end],
                here,
                logs[at + first : at + end],
                temperature,
                base,
            )
            j = first if hits else end
            while j < end:
                h = np.int64(group_of[j])
                change = here[h] + gain[g, j] - own[j] - two * np.float32(row[j]) - base
                if change > temperature * logs[at + j]:
                    break
                j += 1
            if j == end:
                first = end
                continue
            h = np.int64(group_of[j])
            change = here[h] + gain[g, j] - own[j] - two * np.float32(row[j]) - base
            if change < nothing:
                tally[0] += 1
                _keep_best(value, group_of, best_group_of)
            value[0] += change
            other = distance[j]
            for v in range(n):
                more = np.float32(other[v]) - np.float32(row[v])
                gain[g, v] += more
                gain[h, v] -= more
            group_of[i], group_of[j] = h, g
            _refresh(own, group_of, g, gain[g], h, gain[h])
            here[g] = gain[g, i]
            here[h] = never
            g, base = h, own[i]
            for k in range(groups):
                if k != g:
                    here[k] = gain[k, i]
            first = j + 1
    _keep_best(value, group_of, best_group_of)


@njit(cache=True, nogil=True)
def _keep_best(value, group_of, best_group_of) -> None:  # type: ignore[no-untyped-def]
    if value[0] > value[1] + 1e-3:
        value[1] = value[0]
        best_group_of[:] = group_of


@njit(cache=True, nogil=True, inline="always")
def _worth(p, x, kind, weight) -> float:  # type: ignore[no-untyped-def]
    """What it is worth that these two meet for the first time: 1, and more across borders."""
    worth = 1.0
    for a in range(weight.shape[0]):
        if kind[p, a] != kind[x, a]:
            worth += weight[a]
    return worth


@njit(cache=True, nogil=True)
def contact_steps(  # type: ignore[no-untyped-def]
    steps,
    temperature,
    movable,  # the rounds that may change
    sore,  # seats (round x people + person) where somebody met again when it was last looked
    groups,  # tables; a group beyond them is the bench, where nobody meets anybody
    group_of,  # per round and person
    slot_of,
    member,  # per round, group and slot
    filled,  # per round and group, the slots in use
    meetings,  # per pair, how often they meet, a meeting before counting too
    kind,  # per person and attribute
    weight,
    value,  # now, best
    best_group_of,
    state,
    tally,
) -> None:
    """Try ``steps`` swaps of two people of one round; the value is what first meetings are worth."""
    n = group_of.shape[1]
    for _ in range(steps):
        bits = _draw(state)
        p = _scaled(bits >> _S32, n)
        q = _scaled(bits & _LOW32, n)
        more = _draw(state)
        if sore.shape[0] > 0 and (more & _LOW32) < _HALF:
            seat = sore[_scaled(more >> _S32, sore.shape[0])]
            r, p = seat // n, seat % n
        else:
            r = movable[_scaled(more >> _S32, movable.shape[0])]
        g, h = group_of[r, p], group_of[r, q]
        if g == h:
            continue
        change = 0.0
        if g < groups:
            for s in range(filled[r, g]):
                x = member[r, g, s]
                if x != p:
                    if meetings[p, x] == 1:
                        change -= _worth(p, x, kind, weight)
                    if meetings[q, x] == 0:
                        change += _worth(q, x, kind, weight)
        if h < groups:
            for s in range(filled[r, h]):
                x = member[r, h, s]
                if x != q:
                    if meetings[q, x] == 1:
                        change -= _worth(q, x, kind, weight)
                    if meetings[p, x] == 0:
                        change += _worth(p, x, kind, weight)
        if change < 0.0:
            if change < -40.0 * temperature:
                continue
            if _share(_draw(state)) >= math.exp(change / temperature):
                continue
            tally[0] += 1
            if value[0] > value[1] + 1e-6:
                value[1] = value[0]
                best_group_of[:] = group_of
        value[0] += change
        if g < groups:
            for s in range(filled[r, g]):
                x = member[r, g, s]
                if x != p:
                    meetings[p, x] -= 1
                    meetings[x, p] -= 1
                    meetings[q, x] += 1
                    meetings[x, q] += 1
        if h < groups:
            for s in range(filled[r, h]):
                x = member[r, h, s]
                if x != q:
                    meetings[q, x] -= 1
                    meetings[x, q] -= 1
                    meetings[p, x] += 1
                    meetings[x, p] += 1
        s, z = slot_of[r, p], slot_of[r, q]
        member[r, g, s], member[r, h, z] = q, p
        slot_of[r, p], slot_of[r, q] = z, s
        group_of[r, p], group_of[r, q] = h, g
    if value[0] > value[1] + 1e-6:
        value[1] = value[0]
        best_group_of[:] = group_of
