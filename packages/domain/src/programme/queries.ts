import type { ProgrammeState } from './state.js';

/** Where an experiment stands. */
export type ProgrammeStatus = 'none' | 'started' | 'evaluated';

/** Where the experiment stands. */
export const programmeStatus = ({ scope, evaluated }: Readonly<ProgrammeState>): ProgrammeStatus =>
  evaluated !== undefined ? 'evaluated' : scope !== undefined ? 'started' : 'none';

/** The items of the checklist that are still to be done, in their order. */
export const openItems = ({ checklist }: Readonly<ProgrammeState>): readonly string[] =>
  Object.entries(checklist).flatMap(([item, done]) => (done ? [] : [item]));
