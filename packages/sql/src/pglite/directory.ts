import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, SqlUnavailable } from '../unavailable.js';
import { type DirectoryLock, lockDirectory } from './directory-lock.js';

/** A directory taken for one client: PGlite's files in `database`, beside them the lock. */
export interface TakenDirectory {
  /** Where the directory really is, links resolved. */
  readonly path: string;
  readonly database: string;
  readonly lock: DirectoryLock;
}

// PGlite creates a database only in an empty directory, so that the lock cannot lie among its files; and it must lie
// in the volume, where another container that mounts it finds it.
export async function takeDirectory(directory: string): Promise<TakenDirectory> {
  try {
    await mkdir(directory, { recursive: true });
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
