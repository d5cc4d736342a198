import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { transform } from '@swc/core';
import { startStandIn } from './support/event-store-stand-in/stand-in.js';

const root = resolve(import.meta.dirname, '..');

/** Every `ts` and `js` block of every README, with the folder whose packages it can import. */
const examples = [
  '.',
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`),
  ...readdirSync(join(root, 'services')).map((name) => `services/${name}`),
]
  .filter((folder) => existsSync(join(root, folder, 'README.md')))
  .flatMap((folder) =>
    [...readFileSync(join(root, folder, 'README.md'), 'utf8').matchAll(/^```(?:ts|js)\n(.*?)^```/gms)].map(
      ([, code], index) => ({
        name: `${folder}/README.md, example ${index + 1}`,
        folder,
        code: code ?? '',
      }),
    ),
  );

/** Runs a script to its end; one that hosts workers is told to stop once they are up. Gives exit code and stderr. */
const run = (file: string): Promise<{ readonly code: number | null; readonly stderr: string }> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [file], {
      cwd: dirname(file),
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (text.includes('worker host is up')) child.kill('SIGTERM');
    });
    child.on('error', fail).on('close', (code) => done({ code, stderr }));
  });

/** An EventStoreDB on this port is what the example asks for; a stand-in on a free one is what it gets. */
const eventStoreDb = '127.0.0.1:2113';

const withServers = async (code: string, work: (code: string) => Promise<void>): Promise<void> => {
  if (!code.includes(eventStoreDb)) return work(code);
  const standIn = await startStandIn();
  try {
    await work(code.replaceAll(eventStoreDb, `127.0.0.1:${standIn.port}`));
  } finally {
    await standIn.stop();
  }
};

// What a reader copies is what runs: against the built packages, in a process of its own.
describe('an example of a README runs', () => {
  test.each(examples)(
    '$name',
    async ({ folder, code }) => {
      const directory = mkdtempSync(join(root, folder, 'var-readme-'));
      try {
        const file = join(directory, 'example.mjs');
        await withServers(code, async (asked) => {
          const { code: script } = await transform(asked, {
            jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
          });
          writeFileSync(file, script);
          expect(await run(file)).toEqual({ code: 0, stderr: expect.not.stringContaining('Error') });
        });
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
    120_000,
  );
});
