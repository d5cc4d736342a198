import type { Framework } from './columns.js';
import { idf2017Pilot } from './idf-2017-pilot.js';

/** A table of legal frameworks; the versions of one framework are rows of their own. */
export type Frameworks = readonly Framework[];

/** The frameworks that this release knows. */
export const frameworks: Frameworks = [idf2017Pilot];

/** The row of `table` with this id, in this version or else in the newest. */
export const frameworkIn = (table: Frameworks, id: string, version?: number): Framework | undefined =>
  table
    .filter((row) => row.id === id && (version === undefined || row.version === version))
    .reduce<Framework | undefined>(
      (newest, row) => (newest === undefined || row.version > newest.version ? row : newest),
      undefined,
    );

/** The framework with this id, in this version or else in the newest; `undefined` when this release knows none. */
export const frameworkOf = (id: string, version?: number): Framework | undefined =>
  frameworkIn(frameworks, id, version);
