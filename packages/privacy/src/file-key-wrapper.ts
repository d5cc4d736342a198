import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { keyBytes, type Random, randomOf } from './aes-gcm.js';
import { type KeyWrapper, keyWrapper } from './key-wrapper.js';

/** How {@link fileKeyWrapper} finds its key. */
export interface FileKeyWrapperOptions {
  readonly random: Random;
  /** Makes the file when there is none; default false, for a lost file must not pass for a new beginning. */
  readonly create?: boolean;
}

/**
 * A wrapper whose key-encryption key is a file of 32 bytes that its owner alone may read. Keep a copy of it away from
 * the key store's backups: either alone opens nothing.
 *
 * @example const wrapper = await fileKeyWrapper('var/kek', { create: true, random: randomBytes });
 */
export const fileKeyWrapper = async (
  path: string,
  { random, create = false }: FileKeyWrapperOptions,
): Promise<KeyWrapper> => {
  if (create) await createUnlessThere(path, randomOf(random, keyBytes), random);
  let mode: number;
  try {
    mode = (await stat(path)).mode;
  } catch (error) {
    throw new Error(`the key-encryption key ${path} cannot be read: restore it, or ask for a new one`, {
      cause: error,
    });
  }
  // Windows has no such bits.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new Error(`others may read the key-encryption key ${path}: run chmod 600 on it`);
  }
  const kek = await readFile(path);
  if (kek.byteLength !== keyBytes)
    throw new Error(`${path} has ${kek.byteLength} bytes; a key-encryption key has ${keyBytes}`);
  return keyWrapper(kek, { random });
};

/** Two processes that start together end with one key: a link, unlike a rename, never replaces. */
const createUnlessThere = async (path: string, kek: Uint8Array, random: Random): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${Buffer.from(randomOf(random, 8)).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(kek);
    await file.sync();
    await link(draft, path);
  } catch (error) {
    const exists = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
    if (!exists) throw error;
  } finally {
    await file.close();
    await unlink(draft);
  }
};
