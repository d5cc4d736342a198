import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode, SqlUnavailable } from '../unavailable.js';
import { type DirectoryLock, lockDirectory } from './directory-lock.js';

/** A directory taken for one client: PGlite's files in `database`, beside them the lock. */
export interface TakenDirectory {
  /** Where the directory really is, links resolved. */
  readonly path: string;
  readonly database: string;
  readonly lock: DirectoryLock;
}

/** Step by step: where nothing can be made, as in /proc, Node's own recursive mkdir never ends. */
const makeDirectory = async (path: string): Promise<void> => {
  const make = async (allowed: readonly (string | undefined)[]) => {
    try {
      await mkdir(path);
    } catch (error) {
      if (!allowed.includes(errorCode(error))) throw error;
      return errorCode(error);
    }
  };
  if (dirname(path) === path || (await make(['EEXIST', 'ENOENT'])) !== 'ENOENT') return;
  await makeDirectory(dirname(path));
  await make(['EEXIST']);
};

// PGlite creates a database only in an empty directory, so that the lock cannot lie among its files; and it must lie
// in the volume, where another container that mounts it finds it.
export async function takeDirectory(directory: string): Promise<TakenDirectory> {
  try {
    await makeDirectory(resolve(directory));
    const path = await realpath(directory);
    return { path, database: join(path, 'database'), lock: await lockDirectory(path) };
  } catch (error) {
    if (error instanceof SqlUnavailable) throw error;
    throw new SqlUnavailable(
      `Cannot use ${directory} for the database (${errorCode(error) ?? error}). Check its owner, its rights and the disk.`,
      { cause: error },
    );
  }
}
