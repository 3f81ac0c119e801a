# SPDX-License-Identifier: GPL-3.0-or-later
"""The peers from npm: copied beside the build with their packages, installed when the list of them has changed."""
import os
import shutil
import subprocess
import sys


def install(source, build):
    folder = build / f'peer-{source.name}'
    shutil.copytree(source, folder, dirs_exist_ok=True)
    wanted, installed = folder / 'package.json', folder / 'node_modules' / 'package.json'
    if not installed.exists() or installed.read_bytes() != wanted.read_bytes():
        print('installing the peer …', file=sys.stderr)
        subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--foreground-scripts'], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL, env=dict(os.environ, npm_config_nodedir='/usr'))
        shutil.copy(wanted, installed)
    return folder
