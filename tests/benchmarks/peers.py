# SPDX-License-Identifier: GPL-3.0-or-later
"""The peers from npm: copied beside the build with their packages, installed once."""
import os
import shutil
import subprocess
import sys


def install(source, build):
    folder = build / f'peer-{source.name}'
    shutil.copytree(source, folder, dirs_exist_ok=True)
    if not (folder / 'node_modules').exists():
        print('installing the peer …', file=sys.stderr)
        subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--foreground-scripts'], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL, env=dict(os.environ, npm_config_nodedir='/usr'))
    return folder
