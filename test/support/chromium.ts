import { execFileSync } from 'node:child_process';

/** The browser of this machine, if it has one. */
export const executablePath = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => {
  try {
    return execFileSync('which', [name], { encoding: 'utf8' }).trim();
  } catch {
    return [];
  }
})[0];
