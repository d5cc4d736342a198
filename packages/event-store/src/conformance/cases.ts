import type { Capabilities } from '../port.js';
import { appendingCases } from './appending.js';
import type { ConformanceCase } from './arena.js';
import { consistencyCases } from './consistency.js';
import { racingCases } from './racing.js';
import { readingCases } from './reading.js';
import { subscribingCases } from './subscribing.js';

/**
 * What every event store must do, for adapters to run with their own test runner.
 *
 * @example test.each(conformanceCases)('$name', ({ run }) => run(open));
 */
export const conformanceCases: readonly ConformanceCase[] = [
  ...appendingCases,
  ...consistencyCases,
  ...readingCases,
  ...subscribingCases,
  ...racingCases,
];

/** The cases that concern a store with these capabilities. */
export const conformanceCasesFor = (capabilities: Capabilities): readonly ConformanceCase[] =>
  conformanceCases.filter(({ needs = [] }) => needs.every((need) => capabilities[need]));
