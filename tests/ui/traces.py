# SPDX-License-Identifier: GPL-3.0-or-later
"""What a visit leaves behind: words looked for in the memory of processes and in files, in every encoding."""
import pathlib

ENCODINGS = ('utf-8', 'utf-16-le', 'utf-16-be', 'utf-32-le', 'utf-32-be', 'euc-jp', 'cp932')
CHUNK = 1 << 24
OVERLAP = 1 << 10


def needles(words):
    """Bytes to look for, each with what it stands for; what an encoding cannot write is not there in it."""
    found = {}
    for word in words:
        for encoding in ENCODINGS:
            try:
                found.setdefault(word.encode(encoding), f'{word} in {encoding}')
            except UnicodeEncodeError:
                pass
    return found


def search(read, size, wanted):
    """Names of what is found in what read(offset, n) gives; some of it may be unreadable."""
    found = set()
    for offset in range(0, size, CHUNK):
        try:
            data = read(offset, min(CHUNK + OVERLAP, size - offset))
        except (OSError, ValueError, OverflowError):
            continue
        found.update(name for needle, name in wanted.items() if needle in data)
    return found


def in_memory(pid, words):
    """What of @words the process has in its memory, wherever it could have written."""
    wanted, found = needles(words), set()
    with open(f'/proc/{pid}/mem', 'rb', buffering=0) as memory:
        def read(start, offset, n):
            memory.seek(start + offset)
            return memory.read(n)

        for line in pathlib.Path(f'/proc/{pid}/maps').read_text().splitlines():
            span, rights, _, _, inode = line.split(None, 5)[:5]
            start, end = (int(x, 16) for x in span.split('-'))
            if 'r' in rights and ('w' in rights or inode == '0'):       # else it is a file, as it lies on the disk
                found |= search(lambda offset, n, start=start: read(start, offset, n), end - start, wanted)
    return sorted(found)


def descendants(pid):
    """@pid and every process it started, and those started."""
    children = pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text().split()
    return [pid, *(other for child in children for other in descendants(int(child)))]


def in_files(folder, words, apart_from=()):
    """What of @words the files below @folder have in them, as 'file: word'."""
    wanted, found = needles(words), set()
    for path in pathlib.Path(folder).rglob('*'):
        if not path.is_file() or any(path.is_relative_to(other) for other in apart_from):
            continue
        with path.open('rb') as file:
            def read(offset, n):
                file.seek(offset)
                return file.read(n)

            found.update(f'{path.name}: {name}' for name in search(read, path.stat().st_size, wanted))
    return sorted(found)
