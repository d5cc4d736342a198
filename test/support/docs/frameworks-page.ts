import { type Column, type Framework, frameworks, type Row } from '@probono/domain';
import { code, generated, page, table } from './markdown.js';

const isRows = (value: unknown): value is readonly (Row & Record<string, unknown>)[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'object');

/** A value in a few words: `kind: epci, ownTaxation: yes`. */
const told = (value: unknown): string => {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'string') return code(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(told).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value);
  if (fields.length === 0) return 'no limit';
  return fields
    .map(([name, inner]) => {
      const nested = typeof inner === 'object' && !Array.isArray(inner);
      return nested ? `${name} (${told(inner)})` : `${name}: ${told(inner)}`;
    })
    .join('; ');
};

const rowsOf = (name: string, { value, source, certainty }: Column<unknown>): readonly (readonly string[])[] => {
  if (!isRows(value)) return [[`**${name}**`, told(value), source, certainty]];
  return value.map(({ source: own, certainty: sure, ...row }, index) => [
    index === 0 ? `**${name}**` : '',
    Object.keys(row).length === 0 ? 'anyone' : told(row),
    own ?? source,
    sure ?? certainty,
  ]);
};

const section = ({ id, version, title, requires, ...columns }: Framework): readonly string[] => [
  `## ${id}`,
  `${title.fr} · _${title.en}_ · version ${version}`,
  table(
    ['column', 'value', 'source', 'certainty'],
    Object.entries(columns).flatMap(([name, column]) => rowsOf(name, column)),
  ),
  '**Required**',
  table(
    ['step', 'value', 'source', 'certainty'],
    Object.entries(requires).flatMap(([name, column]: [string, Column<unknown>]) => rowsOf(name, column)),
  ),
];

/** `docs/frameworks.md` */
export const frameworksPage = (): string =>
  page(
    '# Legal frameworks',
    generated,
    'Data, not branches: the rules read these tables, each value with where it comes from and how sure that is. A convention keeps the version that its text was written under. What is `unconfirmed` should be checked with a lawyer before it is relied on; another reading is another row, given to `conventionHandlersFor`, `personHandlersFor` and `assignmentHandlersFor`.',
    table(
      ['framework', 'time', 'from', 'until', 'longest period', 'in all'],
      frameworks.map(({ id, time, inForce: { value: days }, longest: { value: longest } }) => [
        `[${id}](#${id})`,
        time.value.replaceAll('_', ' '),
        days.from ?? '–',
        days.until ?? '–',
        longest.period === undefined ? '–' : `${longest.period.months} months (${longest.period.severity})`,
        longest.total === undefined ? '–' : `${longest.total.months} months (${longest.total.severity})`,
      ]),
    ),
    frameworks.flatMap(section),
  );
