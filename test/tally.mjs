import { existsSync, readFileSync } from 'node:fs';

const countOf = (assertions, ...statuses) => assertions.filter(({ status }) => statuses.includes(status)).length;

const suiteOf = (result, nameOf) => {
  const { assertionResults: assertions, status, startTime, endTime, name } = result;
  const failed = countOf(assertions, 'failed');
  return {
    name: nameOf(name),
    passed: countOf(assertions, 'passed'),
    // A file that could not even be loaded has no assertions, and has failed all the same.
    failed: failed === 0 && status === 'failed' ? 1 : failed,
    skipped: countOf(assertions, 'pending', 'skipped', 'todo', 'disabled'),
    seconds: (endTime - startTime) / 1000,
  };
};

/** One row for each test file in what Jest wrote; none when it did not come so far. */
export const suitesOf = (outputFile, nameOf) =>
  existsSync(outputFile)
    ? JSON.parse(readFileSync(outputFile, 'utf8'))
        .testResults.map((result) => suiteOf(result, nameOf))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
    : [];

const cellsOf = ({ name, passed, failed, skipped, seconds, check }) => [
  name,
  check ? (failed === 0 ? 'ok' : '') : String(passed),
  String(failed),
  String(skipped),
  seconds.toFixed(1),
];

/** The table that people read; a column of numbers is aligned to the right. */
export const tableOf = (rows) => {
  const lines = [['suite', 'passed', 'failed', 'skipped', 'seconds'], ...rows.map(cellsOf)];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]));
  return lines.map((cells) => cells.map(pad).join('  ').trimEnd()).join('\n');
};

/** The very last line, for people and scripts: a lint or type check counts only when it failed. */
export const totalsOf = (rows) => {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
};
