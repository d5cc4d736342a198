import { rm } from 'node:fs/promises';
import { SqlUnavailable } from '../unavailable.js';
import { takeDirectory } from './directory.js';

/**
 * Removes an embedded database, directory and all, for a demonstration or a test that begins anew. Does nothing when
 * there is none.
 *
 * @throws {DirectoryLocked} while a client has it open.
 * @throws {SqlUnavailable} for an address that is not `pglite:DIR`.
 */
export async function discardDatabase(url: string): Promise<void> {
  const directory = url.startsWith('pglite:') ? url.slice('pglite:'.length) : '';
  if (directory === '')
    throw new SqlUnavailable('Only an embedded database in a directory (pglite:DIR) can be discarded.');
  const taken = await takeDirectory(directory);
  await rm(taken.database, { recursive: true, force: true });
  await taken.lock.release();
  await rm(taken.path, { recursive: true, force: true });
}
