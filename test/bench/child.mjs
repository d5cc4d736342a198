import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Runs a script of this directory in a process of its own, under these flags of Node, and gives what it printed as JSON. */
export const child = (script, args, flags = []) =>
  new Promise((done, failed) => {
    const run = spawn(process.execPath, [...flags, join(import.meta.dirname, script), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    run.stdout.on('data', (text) => {
      said += text;
    });
    run.once('exit', (code) =>
      code === 0 ? done(JSON.parse(said)) : failed(new Error(`${script} ended with ${code}`)),
    );
  });
