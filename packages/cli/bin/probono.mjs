#!/usr/bin/env node
import './node-version.mjs';
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);

if (existsSync(program)) {
  const { main } = await import(program.href);
  process.exitCode = await main(process.argv.slice(2));
  // All is said and closed; a timer that a lost connection left behind must not keep a finished command alive.
  setTimeout(() => process.exit(), 100).unref();
} else {
  process.stderr.write('probono: not built yet: run `npm start`, or `npx pnpm build`, first\n');
  process.exitCode = 2;
}
