import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of a server's program, or undefined when this machine has none. */
export function findBinary(name: 'postgres' | 'initdb' | 'redis-server'): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter).filter((directory) => directory !== '');
  return [...directories, ...debianPostgres()].map((directory) => join(directory, name)).find(isExecutable);
}

/** Debian keeps PostgreSQL's server programs off the PATH, one directory a version; newest first. */
function debianPostgres(): readonly string[] {
  const root = '/usr/lib/postgresql';
  try {
    return readdirSync(root)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
