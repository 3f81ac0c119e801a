#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts back what lost-power.so noted and nothing synced: the disk after a power cut.

    lose-power.py DIRECTORY LOGS [SEED]

With a seed, each unsynced write is lost or kept by chance, as a disk that reorders would; without one, all are lost.
Prints how many writes were lost. The logs are removed.
"""
import os
import random
import struct
import sys

HEAD = struct.Struct('=QQQQII')


def records(path):
    with open(path, 'rb') as log:
        data = log.read()
    at = 0
    while at + HEAD.size <= len(data):
        when, inode, offset, size, kind, length = HEAD.unpack_from(data, at)
        at += HEAD.size
        yield when, inode, offset, size, chr(kind), data[at:at + length]
        at += length


def main():
    directory, logs = sys.argv[1:3]
    chance = random.Random(int(sys.argv[3])) if len(sys.argv) > 3 else None
    everything, paths = [], {}
    for name in os.listdir(logs):
        everything += records(os.path.join(logs, name))
        os.unlink(os.path.join(logs, name))
    for folder, _, names in os.walk(directory):
        for name in names:
            path = os.path.join(folder, name)
            paths[os.stat(path).st_ino] = path

    synced = {}
    for when, inode, _, _, kind, _ in everything:
        if kind == 'S':
            synced[inode] = max(when, synced.get(inode, 0))
    lost = 0
    for when, inode, offset, size, kind, old in sorted(everything, key=lambda r: r[0], reverse=True):
        if kind != 'W' or when <= synced.get(inode, 0) or inode not in paths:
            continue
        if chance and chance.random() < 0.3:
            continue
        with open(paths[inode], 'r+b') as file:
            file.seek(offset)
            file.write(old)
            if not chance or os.path.getsize(paths[inode]) > size:
                file.truncate(max(size, 0))
        lost += 1
    print(lost)


if __name__ == '__main__':
    main()
