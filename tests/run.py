#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the test suites and says, as its last line, how many cases passed, failed and were skipped.

    tests/run.py [--quick | --sanitize] BUILD

A case is one line of TAP; a test that speaks no TAP is one case. The whole run adds to the quick one the windows,
and pictures and the third-party vectors; --sanitize adds to that a build under AddressSanitizer and UBSan, and fuzzing.
"""
import json
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
QUICK = ['unit', 'store', 'http', 'lint']
WINDOWS = ['ui', 'screenshots']
SANITIZED = ['unit', 'store', 'http', 'vectors']
FUZZ_SECONDS = 240   # all targets together


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.broken = []

    def add(self, label, result, output):
        lines = re.findall(r'^\s*(ok|not ok)\b([^\n]*)', output, re.M)
        failed = sum(1 for verdict, rest in lines if verdict == 'not ok')
        skipped = sum(1 for verdict, rest in lines if verdict == 'ok' and re.search(r'# SKIP', rest, re.I))
        passed = len(lines) - failed - skipped
        if result == 'SKIP' and not lines:
            skipped = 1
        elif result in ('FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS') and not failed:
            failed = 1
        elif result == 'OK' and not lines:
            passed = 1
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        if failed:
            self.broken.append((label, result, output))


def announce(text):
    print(f'== {text}', flush=True)


def run_suites(tally, build, suites, label='', environment=None):
    """Runs meson test on the suites and reads its log, one JSON object a test."""
    name = 'run-' + (label or 'plain') + '-' + '-'.join(suites)
    # A loaded machine is slow, sanitizers are slower: a test is late only when it hangs.
    command = ['meson', 'test', '-C', build, '--no-rebuild', '--print-errorlogs', '--logbase', name,
               '-t', '8' if label else '4']
    for suite in suites:
        command += ['--suite', suite]
    env = dict(os.environ, **(environment or {}))
    started = time.monotonic()
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL)
    log = os.path.join(build, 'meson-logs', name + '.json')
    tests = 0
    if os.path.exists(log):
        with open(log, encoding='utf-8', errors='replace') as lines:
            for line in lines:
                test = json.loads(line)
                tests += 1
                tally.add(f"{label + ' ' if label else ''}{test['name']}", test['result'], test.get('stdout') or '')
        os.unlink(log)
    elif done.returncode:
        tally.add(f'{label} {suites}', 'FAIL', 'meson test did not run')
    announce(f'{", ".join(suites)}{" under " + label if label else ""}: {tests} tests, '
             f'{time.monotonic() - started:.0f} s')


def build_variant(tally, name, options, environment=None):
    """A second build beside the first; None if it could not be built, which is a failure."""
    build = os.path.join(ROOT, 'build-' + name)
    env = dict(os.environ, **(environment or {}))
    announce(f'building {name}')
    steps = []
    if not os.path.exists(os.path.join(build, 'build.ninja')):
        steps.append(['meson', 'setup', build, ROOT, '-Dintrospection=false', *options])
    steps.append(['ninja', '-C', build])
    for step in steps:
        done = subprocess.run(step, env=env, stdin=subprocess.DEVNULL, text=True, errors='replace',
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            print(done.stdout[-6000:])
            tally.add(f'build {name}', 'FAIL', '')
            return None
    tally.add(f'build {name}', 'OK', '')
    return build


def run_fuzzers(tally, build):
    """Each libFuzzer target from its corpus, sharing the time."""
    folder = os.path.join(build, 'tests', 'fuzz')
    targets = sorted(name for name in os.listdir(folder)
                     if name.startswith('fuzz-') and os.access(os.path.join(folder, name), os.X_OK)
                     and not os.path.isdir(os.path.join(folder, name)))
    for target in targets:
        corpus = os.path.join(ROOT, 'tests', 'fuzz', 'corpus', target[len('fuzz-'):])
        found = os.path.join(folder, target + '.found')
        os.makedirs(found, exist_ok=True)
        seconds = max(5, FUZZ_SECONDS // len(targets))
        command = [os.path.join(folder, target), f'-max_total_time={seconds}', '-rss_limit_mb=2048', '-timeout=10',
                   f'-artifact_prefix={found}/', '-verbosity=0', found] + ([corpus] if os.path.isdir(corpus) else [])
        done = subprocess.run(command, stdin=subprocess.DEVNULL, text=True, errors='replace', cwd=ROOT,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            print(done.stdout[-4000:])
        tally.add(target, 'FAIL' if done.returncode else 'OK', '')
        announce(f'{target}: {seconds} s')


def main():
    arguments = sys.argv[1:]
    quick, sanitize = '--quick' in arguments, '--sanitize' in arguments
    build = next(a for a in arguments if not a.startswith('-'))
    os.environ.setdefault('MADO_VECTORS', os.path.join(os.path.dirname(ROOT), 'shared', 'vectors'))
    os.environ.setdefault('LANG', 'C.UTF-8')
    tally = Tally()

    run_suites(tally, build, QUICK)
    if not quick:
        run_suites(tally, build, ['vectors'])
        run_suites(tally, build, WINDOWS)
    if sanitize:
        sanitized = build_variant(tally, 'asan', ['-Db_sanitize=address,undefined', '-Db_lundef=false'])
        if sanitized:
            run_suites(tally, sanitized, SANITIZED, 'sanitizers', {
                'ASAN_OPTIONS': 'detect_leaks=0:abort_on_error=0',
                'UBSAN_OPTIONS': 'halt_on_error=1:print_stacktrace=1',
                'MESON_TESTTHREADS': '2'})
        fuzzers = build_variant(tally, 'fuzz', ['-Dfuzz=true', '-Db_lundef=false', '--werror'],
                                {'CC': 'ccache clang', 'CC_LD': ''})
        if fuzzers:
            run_fuzzers(tally, fuzzers)

    if tally.broken:
        announce('failed')
        for label, result, _ in tally.broken:
            print(f'  {label}: {result}')
    print(f'{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped')
    return 1 if tally.failed or not tally.passed else 0


if __name__ == '__main__':
    sys.exit(main())
