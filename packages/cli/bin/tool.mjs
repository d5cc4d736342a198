import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

const SIGNAL_EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const GRACE_MS = 3_000;
const TAIL_LINES = 30;

/** Process groups of the tools under way: what a signal, or our own end, must take along. */
const groups = new Set();

const signalGroup = (pid, signal) => {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
};

const groupGoneWithin = async (pid, milliseconds) => {
  const deadline = Date.now() + milliseconds;
  while (signalGroup(pid, 0)) {
    if (Date.now() > deadline) return false;
    await delay(25);
  }
  return true;
};

const endGroup = async (pid, signal) => {
  signalGroup(pid, signal);
  if (await groupGoneWithin(pid, GRACE_MS)) return;
  signalGroup(pid, 'SIGKILL');
  await groupGoneWithin(pid, 500);
};

/**
 * Runs `work`; a signal meanwhile ends every tool with all its children, then this process with the usual code.
 * Afterwards the signals are free again, for the program that runs next in this process.
 */
export async function endingToolsOnSignal(work) {
  let ending = false;
  const onSignal = async (signal) => {
    if (ending) return;
    ending = true;
    await Promise.all([...groups].map((pid) => endGroup(pid, signal)));
    process.exit(SIGNAL_EXIT_CODES[signal]);
  };
  const onExit = () => {
    for (const pid of groups) signalGroup(pid, 'SIGKILL');
  };
  const signals = Object.keys(SIGNAL_EXIT_CODES);
  for (const signal of signals) process.on(signal, onSignal);
  process.on('exit', onExit);
  try {
    const result = await work();
    // A signal that is ending this process leaves no way on: process.exit follows.
    if (ending) await new Promise(() => {});
    return result;
  } catch (error) {
    // The tool failed because it was told to end; that is no failure to report.
    if (ending) await new Promise(() => {});
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
    process.off('exit', onExit);
  }
}

/**
 * Runs a tool in a process group of its own, so that a signal reaches all of it (npx passes none on).
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} [options.env] added to this process's environment
 * @param {boolean} [options.live] its output goes straight to ours; otherwise it is kept for `tail`
 * @param {(line: string) => void} [options.onLine] called with each line that is kept
 * @param {(pid: number) => void} [options.onStart]
 * @returns {Promise<{code: number, tail: string}>} `code` is 1 when a signal ended it, 127 when it could not start
 */
export function runTool(command, args, { cwd, env = {}, live = false, onLine, onStart }) {
  return new Promise((resolve) => {
    const output = live ? 'inherit' : 'pipe';
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', output, output],
    });
    const tail = [];
    const keep = (line) => {
      if (line.trim() === '') return;
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine?.(line);
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk) => {
        const lines = (rest + chunk).split(/\r?\n/);
        rest = lines.pop() ?? '';
        for (const line of lines) keep(line);
      });
      stream.on('end', () => keep(rest));
    }
    if (child.pid !== undefined) {
      groups.add(child.pid);
      onStart?.(child.pid);
    }
    const done = (code) => {
      groups.delete(child.pid);
      resolve({ code, tail: tail.join('\n') });
    };
    child.on('error', (error) => {
      keep(error.message);
      done(127);
    });
    child.on('close', (code) => done(code ?? 1));
  });
}
