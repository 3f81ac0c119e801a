#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs into an empty folder and looks at it as a packager would. Prints TAP.

    installed.py BUILD PREFIX
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

BUILD, PREFIX = sys.argv[1], sys.argv[2].lstrip('/')

PROGRAM = '''#include <mado.h>
int main (void)
{
  g_autofree char *number = mado_number_new ();
  return mado_number_parse (number, NULL) == NULL;
}
'''


def run(*command, **options):
    return subprocess.run([str(c) for c in command], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, **options)


def needs(program):
    return None if shutil.which(program) else f'# SKIP no {program}'


def a_program_finds_the_library(root):
    """As somebody else's program would: by pkg-config, with the installed headers alone."""
    config = next(root.rglob('mado-1.pc'))
    config.write_text(config.read_text().replace(f'prefix=/{PREFIX}', f'prefix={root / PREFIX}'))
    env = dict(os.environ, PKG_CONFIG_PATH=str(config.parent))
    flags = run('pkg-config', '--cflags', '--libs', 'mado-1', env=env)
    assert flags.returncode == 0, flags.stdout
    source = root / 'program.c'
    source.write_text(PROGRAM)
    built = run('cc', '-Werror', '-o', root / 'program', source, *flags.stdout.split())
    assert built.returncode == 0, built.stdout
    libraries = next(root.rglob('libmado-1.so')).parent
    done = run(root / 'program', env=dict(os.environ, LD_LIBRARY_PATH=str(libraries)))
    assert done.returncode == 0, done.stdout


def programs_run_where_they_are(root):
    env = dict(os.environ, LD_LIBRARY_PATH=str(next(root.rglob('libmado-1.so')).parent), LANG='C.UTF-8')
    programs = sorted((root / PREFIX / 'bin').iterdir())
    assert {'mado', 'mado-notifier'} <= {p.name for p in programs}, programs
    for program in programs:
        done = run(program, '--help', env=env)
        assert done.returncode == 0 and 'mado' in done.stdout, f'{program.name}: {done.stdout}'


def the_city_is_there(root):
    assert (root / PREFIX / 'share/madoguchi/cities/fujisawa/city.json').stat().st_size > 0


def desktop_entry(root):
    entry = next(root.rglob('io.madoguchi.Kiosk.desktop'))
    done = run('desktop-file-validate', entry)
    assert done.returncode == 0, done.stdout


def metainfo(root):
    done = run('appstreamcli', 'validate', '--no-net', '--explain', next(root.rglob('*.metainfo.xml')))
    assert ' E: ' not in done.stdout and 'E:' not in done.stdout.split('\n')[0], done.stdout


def units(root):
    """systemd reads them and finds their programs; nothing is left to fill in."""
    for unit in sorted(root.rglob('*.service')):
        text = unit.read_text()
        assert '@' not in text.replace('@system-service', ''), f'{unit.name} has an empty place'
        probe = root / unit.name
        probe.write_text(text.replace(f'ExecStart=/{PREFIX}', f'ExecStart={root / PREFIX}'))
        if not (root / PREFIX / 'bin' / unit.stem).exists():
            continue
        done = run('systemd-analyze', 'verify', '--man=no', '--recursive-errors=no',
                   '--user' if '/user/' in str(unit) else '--system', probe,
                   env=dict(os.environ, XDG_RUNTIME_DIR=str(root)))
        assert done.returncode == 0, f'{unit.name}: {done.stdout}'


CASES = [
    ('a program finds the library', a_program_finds_the_library, 'pkg-config'),
    ('every program says what it takes', programs_run_where_they_are, 'sh'),
    ('the sample city is installed', the_city_is_there, 'sh'),
    ('desktop entry', desktop_entry, 'desktop-file-validate'),
    ('metainfo', metainfo, 'appstreamcli'),
    ('systemd units', units, 'systemd-analyze'),
]


def main():
    failed = 0
    with tempfile.TemporaryDirectory(prefix='mado-installed-') as folder:
        root = pathlib.Path(folder)
        installed = run('meson', 'install', '-C', BUILD, '--no-rebuild', '--destdir', root)
        print(f'1..{len(CASES)}')
        for number, (title, case, program) in enumerate(CASES, 1):
            skip = needs(program)
            try:
                assert installed.returncode == 0, installed.stdout
                if not skip:
                    case(root)
                print(f'ok {number} - {title} {skip or ""}'.rstrip())
            except (AssertionError, StopIteration) as problem:
                failed += 1
                print(f'not ok {number} - {title}')
                print('# ' + str(problem).replace('\n', '\n# '))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
