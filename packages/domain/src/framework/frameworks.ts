import type { LocalDate } from '../time/types.js';
import { benevolatLibre } from './benevolat-libre.js';
import type { Framework } from './columns.js';
import { congeCitoyennete } from './conge-citoyennete.js';
import { idf2017Pilot } from './idf-2017-pilot.js';
import { law3ds209 } from './law-3ds-209.js';
import { madGeneral } from './mad-general.js';
import { holdsOn } from './validity.js';

/** A table of legal frameworks; the versions of one framework are rows of their own. */
export type Frameworks = readonly Framework[];

/** The frameworks that this release knows. */
export const frameworks: Frameworks = [idf2017Pilot, law3ds209, madGeneral, congeCitoyennete, benevolatLibre];

/** The row of `table` with this id, in this version or else in the newest. */
export const frameworkIn = (table: Frameworks, id: string, version?: number): Framework | undefined =>
  table
    .filter((row) => row.id === id && (version === undefined || row.version === version))
    .reduce<Framework | undefined>(
      (newest, row) => (newest === undefined || row.version > newest.version ? row : newest),
      undefined,
    );

/** The newest row of `table` for this kind of time that is in force on `day`: what a leave or a volunteer is under. */
export const frameworkFor = (
  table: Frameworks,
  time: Framework['time']['value'],
  day: LocalDate,
): Framework | undefined => {
  const found = table.find((row) => row.time.value === time && holdsOn(row.inForce.value, day));
  return (
    found &&
    frameworkIn(
      table.filter(({ inForce }) => holdsOn(inForce.value, day)),
      found.id,
    )
  );
};

/** The framework with this id, in this version or else in the newest; `undefined` when this release knows none. */
export const frameworkOf = (id: string, version?: number): Framework | undefined =>
  frameworkIn(frameworks, id, version);
