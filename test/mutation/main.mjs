// `pnpm mutation [AGGREGATE[/FILE]…] [--force]`: mutates what decides and folds, and counts the mutants that the
// domain's tests notice. Mutants whose code and tests are as in the run before are not tried again, except by `--force`.
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { aggregates, optionsFor } from './options.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { force: { type: 'boolean' } } });
const targets = (positionals.length === 0 ? aggregates : positionals).map((target) => target.split('/'));
const unknown = targets.find(([aggregate]) => !aggregates.includes(aggregate));
if (unknown !== undefined) {
  process.stderr.write(`mutation: ${unknown[0]} is not mutated; ${aggregates.join(', ')} are\n`);
  process.exit(2);
}

for (const [aggregate, file] of targets) {
  const results = await new Stryker({ ...optionsFor(aggregate, file), force: values.force }).runMutationTest();
  const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  const [killed, timeout, survived, uncovered] = ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map((s) => count(s));
  const score = ((100 * (killed + timeout)) / (killed + timeout + survived + uncovered)).toFixed(2);
  process.stdout.write(
    `${aggregate}: score ${score} %, ${killed} killed, ${timeout} timed out, ${survived} survived, ${uncovered} not covered\n`,
  );
}
