#!/usr/bin/env node
// `npm start [-- ARGS]`: from a fresh clone to a running demonstration. Plain JavaScript, nothing installed yet.
import './node-version.mjs';

const { prepare, PrepareError } = await import('./prepare.mjs');
const { endingToolsOnSignal } = await import('./tool.mjs');

try {
  await endingToolsOnSignal(() => prepare({ build: true }));
  // In this very process: a child behind npm would never get the signals that are meant for it.
  const { main } = await import('../dist/main.js');
  process.exitCode = await main(['demo', ...process.argv.slice(2)]);
} catch (error) {
  if (!(error instanceof PrepareError)) throw error;
  process.stderr.write(`${error.tail}\nprobono: ${error.message}\n`);
  process.exitCode = 2;
}
