#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the test suites and says, as its last line, how many cases passed, failed and were skipped.

    tests/run.py [--quick] BUILD

A case is one line of TAP; a test that speaks no TAP is one case. The whole run adds to the quick one the windows and
pictures, the third-party vectors, the suites once more under AddressSanitizer and UBSan, and fuzzing.
"""
import concurrent.futures
import json
import os
import re
import signal
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
QUICK = ['unit', 'store', 'http', 'lint']
WINDOWS = ['ui', 'screenshots']
SANITIZED = ['unit', 'store', 'http', 'vectors']
FUZZ_SECONDS = 300   # all targets together
VARIANTS = {         # built beside the plain one: compiler, meson's options, ninja's targets
    'asan': ('ccache gcc', ['-Db_sanitize=address,undefined', '-Db_lundef=false'], []),
    'fuzz': ('ccache clang', ['-Dfuzz=true', '-Db_lundef=false'], ['fuzzers']),
}

SANITIZERS = {
    'ASAN_OPTIONS': 'detect_leaks=1:abort_on_error=0',
    'LSAN_OPTIONS': f'suppressions={ROOT}/tests/leaks.supp:print_suppressions=0',
    'UBSAN_OPTIONS': 'halt_on_error=1:print_stacktrace=1',
}
# GLib has no frame pointers. Only where a leak is found is it worth five times the time to see who made it.
WHOLE_STACKS = dict(SANITIZERS, ASAN_OPTIONS=SANITIZERS['ASAN_OPTIONS'] + ':fast_unwind_on_malloc=0')


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.broken = []

    def add(self, label, result, output=''):
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
            self.broken.append((label, result))


def announce(text):
    print(f'== {text}', flush=True)


def meson_test(build, chosen, patience, environment):
    """What became of each test: the objects of meson's log."""
    log = os.path.join(build, 'meson-logs', 'run.json')
    command = ['meson', 'test', '-C', build, '--no-rebuild', '--print-errorlogs', '--logbase', 'run',
               '-t', str(patience), *chosen]
    if os.path.exists(log):
        os.unlink(log)
    subprocess.run(command, env=dict(os.environ, **environment), stdin=subprocess.DEVNULL)
    if not os.path.exists(log):
        return []
    with open(log, encoding='utf-8', errors='replace') as lines:
        return [json.loads(line) for line in lines]


def leaked(test):
    return test['result'] != 'OK' and 'LeakSanitizer' in (test.get('stdout') or '') + (test.get('stderr') or '')


def with_whole_stacks(build, results, patience):
    """Leaks of third parties (tests/leaks.supp) are told from ours by who allocated."""
    suspects = [test['name'].split(' / ')[-1] for test in results if leaked(test)]
    if not suspects:
        return results
    announce(f'leaks, looked at again: {", ".join(suspects)}')
    return [test for test in results if not leaked(test)] + meson_test(build, suspects, patience, WHOLE_STACKS)


def run_suites(tally, build, suites, sanitized=False):
    chosen = [word for suite in suites for word in ('--suite', suite)]
    # A loaded machine is slow, sanitizers are slower: a test is late only when it hangs.
    patience = 8 if sanitized else 4
    label = ' under sanitizers' if sanitized else ''
    started = time.monotonic()
    results = meson_test(build, chosen, patience, SANITIZERS if sanitized else {})
    if sanitized:
        results = with_whole_stacks(build, results, patience)
    for test in results:
        tally.add(test['name'] + label, test['result'], test.get('stdout') or '')
    if not results:
        tally.add(f'{suites}{label}', 'FAIL')
    announce(f'{", ".join(suites)}{label}: {len(results)} tests, {time.monotonic() - started:.0f} s')


class Builder:
    """Builds the variants one after another, taking only the processors that waiting tests leave idle."""
    # A session of its own, for the kernel shares processors between sessions before it looks at niceness.
    QUIETLY = ['setsid', 'sh', '-c', '{ echo 19 >/proc/self/autogroup; } 2>/dev/null; exec nice -n 19 "$@"', 'sh']

    def __init__(self, names):
        self.process = None
        self.pool = concurrent.futures.ThreadPoolExecutor(1)
        self.variants = {name: self.pool.submit(self.build, name) for name in names}

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.pool.shutdown(wait=False, cancel_futures=True)
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)

    def build(self, name):
        """The folder of a build without warnings, or None; and what there is to say of it."""
        compiler, options, targets = VARIANTS[name]
        build = os.path.join(ROOT, 'build-' + name)
        started = time.monotonic()
        steps = [['ninja', '-C', build, *targets]]
        if not os.path.exists(os.path.join(build, 'build.ninja')):
            steps.insert(0, ['meson', 'setup', build, ROOT, '-Dintrospection=false', '--werror', *options])
        for step in steps:
            self.process = subprocess.Popen(self.QUIETLY + step, env=dict(os.environ, CC=compiler), text=True,
                                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                            stderr=subprocess.STDOUT, errors='replace')
            told = self.process.communicate()[0]
            if self.process.returncode:
                return None, told[-6000:]
        return build, f'{name}: built in {time.monotonic() - started:.0f} s'

    def built(self, tally, name):
        build, told = self.variants[name].result()
        announce(told)
        tally.add(f'build {name}', 'OK' if build else 'FAIL')
        return build


def fuzz_one(folder, target, seconds):
    corpus = os.path.join(ROOT, 'tests', 'fuzz', 'corpus', target[len('fuzz-'):])
    found = os.path.join(folder, target + '.found')
    os.makedirs(found, exist_ok=True)
    # Leaks are looked for at the end: after each run, where other threads work on, it takes most of the time.
    command = [os.path.join(folder, target), f'-max_total_time={seconds}', '-rss_limit_mb=2048', '-timeout=20',
               '-max_len=4096', '-detect_leaks=0', f'-artifact_prefix={found}/', '-verbosity=0',
               '-print_final_stats=1', found, corpus]
    done = subprocess.run(command, env=dict(os.environ, **SANITIZERS), stdin=subprocess.DEVNULL, text=True,
                          errors='replace', cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return target, done


def run_fuzzers(tally, build, seconds):
    """Each libFuzzer target from its corpus, sharing the time; as many at once as there are processors."""
    folder = os.path.join(build, 'tests', 'fuzz')
    targets = sorted(name for name in os.listdir(folder) if re.fullmatch(r'fuzz-[a-z]+', name))
    each = max(5, seconds // len(targets))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for target, done in pool.map(lambda name: fuzz_one(folder, name, each), targets):
            if done.returncode:
                print(done.stdout[-4000:])
            tried = re.search(r'stat::number_of_executed_units: *(\d+)', done.stdout)
            announce(f'{target}: {int(tried[1]):,} inputs in {each} s' if tried else f'{target}: did not end by itself')
            tally.add(target, 'FAIL' if done.returncode else 'OK')
    announce(f'fuzzing: {len(targets)} targets, {each} s each, {each * len(targets)} s together')


def fuzz(tally, seconds):
    with Builder(['fuzz']) as builder:
        build = builder.built(tally, 'fuzz')
    if build:
        run_fuzzers(tally, build, seconds)


def run_whole(tally, build):
    with Builder(['asan', 'fuzz']) as builder:
        run_suites(tally, build, QUICK)
        run_suites(tally, build, ['vectors', 'long'])
        run_suites(tally, build, WINDOWS)
        sanitized = builder.built(tally, 'asan')
        if sanitized:
            run_suites(tally, sanitized, SANITIZED, sanitized=True)
        fuzzers = builder.built(tally, 'fuzz')
    if fuzzers:
        run_fuzzers(tally, fuzzers, FUZZ_SECONDS)


def main():
    arguments = sys.argv[1:]
    build = next(a for a in arguments if not a.startswith('-'))
    os.environ.setdefault('MADO_VECTORS', os.path.join(os.path.dirname(ROOT), 'shared', 'vectors'))
    os.environ.setdefault('LANG', 'C.UTF-8')
    tally = Tally()

    if '--quick' in arguments:
        run_suites(tally, build, QUICK)
    else:
        run_whole(tally, build)

    if tally.broken:
        announce('failed')
        for label, result in tally.broken:
            print(f'  {label}: {result}')
    print(f'{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped')
    return 1 if tally.failed or not tally.passed else 0


if __name__ == '__main__':
    sys.exit(main())
