// Installs the dependencies when they are missing, or are not those of the lockfile: `npm start` and `npm test` call it
// first, so it runs on plain Node, with nothing installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeHeaders } from './node-headers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.installed-for`;

// Native parts differ by platform and by Node's major version.
const wanted = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .update([process.platform, process.arch, process.versions.modules].join())
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  process.stderr.write('Installing dependencies…\n');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, {
    cwd: root,
    env: { ...nodeHeaders, ...process.env },
    stdio: ['ignore', 2, 2],
  });

  // npm undoes what it began, and a second install must not meet it: whoever interrupts this one waits for that.
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
