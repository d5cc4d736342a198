import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withLock } from './lock.mjs';
import { runTool } from './tool.mjs';

const PNPM = 'pnpm@12.21.0';

/** The top of the checkout. */
export const root = resolve(import.meta.dirname, '../../..');

const stampPath = join(root, 'node_modules/.installed-by-probono');

const hashOf = (path) => (existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'none');

/** Both lockfiles count: the wanted one, and the one pnpm keeps of what it last installed, by whomever it was run. */
const stamp = () =>
  [
    `${process.platform}-${process.arch}`,
    hashOf(join(root, 'pnpm-lock.yaml')),
    hashOf(join(root, 'node_modules/.pnpm/lock.yaml')),
  ].join('\n');

const workspaceFolders = () =>
  ['packages', 'services'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .map((name) => join(root, folder, name))
      .filter((path) => existsSync(join(path, 'package.json'))),
  );

const lacksModules = (path) => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const wanted = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
  return wanted.some((name) => !existsSync(join(path, 'node_modules', name)));
};

const isInstalled = () =>
  existsSync(stampPath) &&
  readFileSync(stampPath, 'utf8') === stamp() &&
  ![root, ...workspaceFolders()].some(lacksModules);

/** A step of the preparation that failed, with the end of what its tool printed. */
export class PrepareError extends Error {
  /**
   * @param {'install' | 'build'} step
   * @param {string} message one line: what failed and what to do
   * @param {string} tail
   */
  constructor(step, message, tail) {
    super(message);
    this.step = step;
    this.tail = tail;
  }
}

const say = (line) => process.stderr.write(`probono: ${line}\n`);

/** On a terminal the tool's latest line is shown and overwritten, so that a long install is seen to move. */
const ticker = () => {
  if (process.stderr.isTTY !== true) return { onLine: undefined, clear: () => {} };
  const width = Math.max(20, (process.stderr.columns ?? 80) - 4);
  return {
    onLine: (line) => process.stderr.write(`\r\u001b[K  ${line.slice(0, width)}`),
    clear: () => process.stderr.write('\r\u001b[K'),
  };
};

const step = async (command, args, env, onStart) => {
  const { onLine, clear } = ticker();
  const started = Date.now();
  const result = await runTool(command, args, { cwd: root, env, onLine, onStart });
  clear();
  return { ...result, seconds: ((Date.now() - started) / 1000).toFixed(1) };
};

const install = async (onStart) => {
  if (isInstalled()) return;
  say('installing dependencies…');
  rmSync(stampPath, { force: true });
  const { code, tail, seconds } = await step(
    'npx',
    ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only', '--config.confirmModulesPurge=false'],
    // The checkout's .npmrc silences npm; here its reasons for failing are wanted.
    { npm_config_loglevel: 'error' },
    onStart,
  );
  if (code !== 0) {
    const advice = 'the reason is above (often the network or the registry); then run the same command again';
    throw new PrepareError('install', `installing the dependencies failed: ${advice}`, tail);
  }
  writeFileSync(stampPath, stamp());
  say(`installed in ${seconds} s`);
};

const build = async (onStart) => {
  const { code, tail, seconds } = await step(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '--build'],
    {},
    onStart,
  );
  if (code !== 0) throw new PrepareError('build', 'the build failed: the compiler’s reasons are above', tail);
  if (Number(seconds) >= 1) say(`built in ${seconds} s`);
};

/**
 * Installs what the lockfile asks for, unless it is there, and compiles the packages. One process of a checkout at a
 * time. Writes to stderr alone.
 *
 * @param {{build: boolean}} options
 * @throws {PrepareError}
 */
export const prepare = (options) =>
  withLock(
    join(root, 'var/prepare.lock'),
    { onWait: (pid) => say(`waiting for process ${pid}, which is preparing this checkout`) },
    async (addHolder) => {
      await install(addHolder);
      if (options.build) await build(addHolder);
    },
  );
