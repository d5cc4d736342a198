// `npm test [-- JEST ARGS]`: installs, builds, lints, checks types, runs every suite, and ends with the count.
import '../packages/cli/bin/node-version.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const { prepare, PrepareError, root } = await import('../packages/cli/bin/prepare.mjs');
const { endingToolsOnSignal, runTool } = await import('../packages/cli/bin/tool.mjs');
const { suitesOf, tableOf, totalsOf } = await import('./tally.mjs');

const secondsSince = (started) => (Date.now() - started) / 1000;

const check = async (name, work) => {
  const started = Date.now();
  process.stderr.write(`\n— ${name}\n`);
  const passed = await work();
  return { name, passed: 0, failed: passed ? 0 : 1, skipped: 0, seconds: secondsSince(started), check: true };
};

const tool = async (path, args, env = {}) => {
  const { code } = await runTool(process.execPath, [join(root, 'node_modules', path), ...args], {
    cwd: root,
    env,
    live: true,
  });
  return code === 0;
};

const build = async () => {
  try {
    await prepare({ build: true });
    return true;
  } catch (error) {
    if (!(error instanceof PrepareError) || error.step === 'install') throw error;
    process.stderr.write(`${error.tail}\n`);
    return false;
  }
};

const runJest = async (directory) => {
  const outputFile = join(directory, 'results.json');
  const options = [process.env.NODE_OPTIONS, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const args = ['--maxWorkers=2', '--json', `--outputFile=${outputFile}`, ...process.argv.slice(2)];
  let suites = [];
  const ran = await check('jest', async () => {
    const passed = await tool('jest/bin/jest.js', args, { NODE_OPTIONS: options.filter(Boolean).join(' ') });
    suites = suitesOf(outputFile, (path) => relative(root, path));
    // A failed suite has a row of its own; this one is for what failed around them, such as the global setup.
    return passed || suites.some(({ failed }) => failed > 0);
  });
  return ran.failed > 0 ? [...suites, ran] : suites;
};

const runAll = async (directory) => [
  await check('build', build),
  await check('lint', () => tool('@biomejs/biome/bin/biome', ['check', '.'])),
  await check('build of chaos', () => tool('typescript/bin/tsc', ['--build', 'test/chaos'])),
  await check('types of the tests', () => tool('typescript/bin/tsc', ['--project', 'test/tsconfig.json'])),
  ...(await runJest(directory)),
];

const directory = mkdtempSync(join(tmpdir(), 'probono-test-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
try {
  const rows = await endingToolsOnSignal(() => runAll(directory));
  process.stdout.write(`\n${tableOf(rows)}\n\n${totalsOf(rows)}\n`);
  process.exitCode = rows.some(({ failed }) => failed > 0) ? 1 : 0;
} catch (error) {
  if (!(error instanceof PrepareError)) throw error;
  process.stderr.write(`${error.tail}\nprobono: ${error.message}\n`);
  process.exitCode = 2;
}
