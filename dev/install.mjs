// Installs the dependencies unless those of the lockfile are there. Runs before anything is installed: plain Node only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { nodeHeaders } from './node-headers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.installed-for`;

// Native parts differ by platform and by Node's major version.
const wanted = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .update([process.platform, process.arch, process.versions.modules].join())
  .digest('hex');

const isStamped = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
if (!isStamped && isInstalled()) writeFileSync(stamp, wanted);
else if (!isStamped) {
  process.stderr.write('Installing dependencies…\n');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, {
    cwd: root,
    env: { ...nodeHeaders, ...process.env },
    stdio: ['ignore', 2, 2],
  });

  // An interrupted npm undoes its changes, and must finish before another install begins.
  let interrupted = 0;
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => {
      interrupted = code;
      child.kill(signal);
    });
  }

  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', resolve);
  });
  if (interrupted) process.exit(interrupted);
  if (code !== 0) {
    process.stderr.write('The dependencies could not be installed: see above, then try again.\n');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/** Spares `npm ci`, which removes packages that other processes use, and compiles the database driver again. */
function isInstalled() {
  try {
    const packagesIn = (file) => JSON.parse(readFileSync(`${root}${file}`, 'utf8')).packages;
    const installed = packagesIn('node_modules/.package-lock.json');
    for (const [path, { version, resolved, link, optional }] of Object.entries(packagesIn('package-lock.json'))) {
      // Workspaces are linked; packages for other platforms are missing.
      if (!path.startsWith('node_modules/') || (optional && installed[path] === undefined)) continue;
      if (link ? installed[path]?.resolved !== resolved : installed[path]?.version !== version) return false;
    }
    // Throws if it was compiled for another Node.
    const Driver = createRequire(import.meta.url)('better-sqlite3');
    new Driver(':memory:').close();
    return true;
  } catch {
    return false;
  }
}
