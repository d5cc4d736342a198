import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fileKeyWrapper } from './file-key-wrapper.js';

const random = randomBytes;
const bound = { subject: 'person-1', kid: 'key-1' };

describe('the key-encryption key in a file', () => {
  let directory: string;
  let path: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'probono-kek-'));
    path = join(directory, 'keys', 'kek');
  });
  afterEach(() => rm(directory, { recursive: true }));

  test('is made only when asked for, for its owner alone', async () => {
    await expect(fileKeyWrapper(path, { random })).rejects.toThrow(/cannot be read/);
    await fileKeyWrapper(path, { random, create: true });
    const { mode, size } = await stat(path);
    expect([mode & 0o777, size]).toEqual([0o600, 32]);
    expect(await readdir(join(directory, 'keys'))).toEqual(['kek']);
  });
  test('is one when several processes make it at once, and is never made again', async () => {
    const wrappers = await Promise.all(Array.from({ length: 8 }, () => fileKeyWrapper(path, { random, create: true })));
    expect(new Set(wrappers.map(({ kekId }) => kekId)).size).toBe(1);
    const before = await readFile(path);
    await fileKeyWrapper(path, { random, create: true });
    expect(await readFile(path)).toEqual(before);
  });
  test('unwraps what it wrapped, for the same person and key only', async () => {
    const wrapper = await fileKeyWrapper(path, { random, create: true });
    const key = randomBytes(32);
    const wrapped = await wrapper.wrap(key, bound);
    expect(Buffer.from(await wrapper.unwrap(wrapped, bound))).toEqual(key);
    await expect(wrapper.unwrap(wrapped, { ...bound, subject: 'person-2' })).rejects.toThrow(/was not wrapped/);
    await expect(wrapper.unwrap(wrapped, { ...bound, kid: 'key-2' })).rejects.toThrow(/was not wrapped/);
    await expect(wrapper.unwrap(wrapped.subarray(0, 20), bound)).rejects.toThrow(/was not wrapped/);
  });
  test('is refused when others may read it', async () => {
    await fileKeyWrapper(path, { random, create: true });
    await chmod(path, 0o640);
    await expect(fileKeyWrapper(path, { random })).rejects.toThrow(/chmod 600/);
  });
  test('is refused when it is of another length', async () => {
    await fileKeyWrapper(path, { random, create: true });
    await writeFile(path, randomBytes(16));
    await expect(fileKeyWrapper(path, { random })).rejects.toThrow(/16 bytes/);
  });
  test('is named by something that does not say what it is', async () => {
    const wrapper = await fileKeyWrapper(path, { random, create: true });
    expect((await readFile(path)).toString('hex')).not.toContain(wrapper.kekId);
  });
});
