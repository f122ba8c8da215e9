// Which Chromium the end-to-end tests drive: one that is installed, else the one that Playwright has fetched.
import { existsSync } from 'node:fs';

/** Programs of the system that Playwright can drive; a path in `CHROMIUM_PATH` comes first. */
export function systemBrowser() {
  const usual = ['/usr/bin/chromium', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome'];
  return [process.env.CHROMIUM_PATH, ...usual].find(
    (path) => path !== undefined && existsSync(path),
  );
}

/** Root has no sandbox to drop into, and a test browser asks the network for nothing of its own. */
export const browserArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];
