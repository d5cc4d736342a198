import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { circlesIn } from './circles.js';
import type { Import, SourceFile, WorkspacePackage } from './workspace.js';

/** A package imports only from floors below its own. */
const FLOORS: readonly (readonly string[])[] = [
  ['packages/domain'],
  ['packages/event-store', 'packages/sql', 'packages/tracing'],
  ['packages/event-store-postgres', 'packages/event-store-eventstoredb', 'packages/privacy', 'packages/queue'],
  [
    'packages/application',
    'packages/clerk',
    'packages/read-models',
    'packages/reminders',
    'packages/audit',
    'packages/kit',
  ],
  ['packages/probono'],
  ['packages/cli'],
];
const TOP_FLOOR = FLOORS.length - 1;

/** Declared exceptions: both give commands and read what was projected, on their own floor. */
const SIDEWAYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['packages/clerk', ['packages/application', 'packages/read-models']],
  ['packages/reminders', ['packages/application', 'packages/read-models']],
]);

/** Given-when-then, generators and fixtures: for tests alone, beside the floors. */
const FOR_TESTS = 'packages/testing';

/** What the domain may lean on: libraries that compute, and touch neither clock, disk nor network. */
const PURE_LIBRARIES = ['zod', 'date-fns', '@date-fns/tz', '@date-fns/utc', '@noble/hashes', 'canonicalize', 'rrule'];

const floorOf = (folder: string): number | undefined => {
  if (folder.startsWith('services/')) return TOP_FLOOR;
  const floor = FLOORS.findIndex((folders) => folders.includes(folder));
  return floor < 0 ? undefined : floor;
};

const isRelative = ({ specifier }: Import): boolean => specifier.startsWith('.');

const packageNameOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The source a relative import means: `./state.js` is written in `./state.ts`. */
const targetOf = (file: SourceFile, { specifier }: Import): string =>
  posix.join(posix.dirname(file.path), specifier).replace(/\.js$/, '.ts');

const arrowProblem = (from: WorkspacePackage, to: WorkspacePackage): string | undefined => {
  if (from.folder === FOR_TESTS || from === to) return undefined;
  if (to.folder === FOR_TESTS) return `${FOR_TESTS} is for tests alone`;
  const [own, other] = [floorOf(from.folder), floorOf(to.folder)];
  // A package without a floor is named once, not at each of its arrows.
  if (own === undefined || other === undefined || other < own) return undefined;
  if (other === own && SIDEWAYS.get(from.folder)?.includes(to.folder)) return undefined;
  return other === own
    ? `sideways on floor ${own}, and no declared exception`
    : `up from floor ${own} to floor ${other}`;
};

const domainProblem = (name: string): string | undefined => {
  if (isBuiltin(name)) return 'the domain does no I/O and knows no machine';
  return PURE_LIBRARIES.includes(name) ? undefined : 'not one of the pure libraries the domain may lean on';
};

function* problemsOfImport(
  from: WorkspacePackage,
  file: SourceFile,
  found: Import,
  byName: ReadonlyMap<string, WorkspacePackage>,
): Generator<string | undefined> {
  if (isRelative(found)) {
    if (!targetOf(file, found).startsWith(`${from.folder}/src/`)) yield 'leaves its package';
    return;
  }
  const name = packageNameOf(found.specifier);
  const to = byName.get(name);
  if (from.folder === 'packages/domain') yield domainProblem(isBuiltin(found.specifier) ? found.specifier : name);
  if (isBuiltin(found.specifier)) {
    if (!found.specifier.startsWith('node:')) yield `write node:${found.specifier}`;
    return;
  }
  if (to !== from && !from.dependencies.has(name)) yield `not in the dependencies of ${from.folder}/package.json`;
  if (to !== undefined) yield arrowProblem(from, to);
}

const importProblems = (packages: readonly WorkspacePackage[]): string[] => {
  const byName = new Map(packages.map((each) => [each.name, each]));
  return packages.flatMap((from) =>
    from.files.flatMap((file) =>
      file.imports.flatMap((found) =>
        [...problemsOfImport(from, file, found, byName)]
          .filter((problem) => problem !== undefined)
          .map((problem) => `${file.path} imports ${found.specifier}: ${problem}`),
      ),
    ),
  );
};

const packageCircles = (packages: readonly WorkspacePackage[]): string[][] => {
  const names = new Set(packages.map(({ name }) => name));
  const arrows = ({ name, files, dependencies }: WorkspacePackage) =>
    new Set(
      [
        ...files.flatMap(({ imports }) => imports.map(({ specifier }) => packageNameOf(specifier))),
        ...dependencies,
      ].filter((needed) => needed !== name && names.has(needed)),
    );
  return circlesIn(new Map(packages.map((each) => [each.name, arrows(each)])));
};

/** Types are gone at run time, so two files may know each other's shapes. */
const fileCircles = (files: readonly SourceFile[]): string[][] =>
  circlesIn(
    new Map(
      files.map((file) => [
        file.path,
        file.imports.filter((found) => isRelative(found) && !found.typeOnly).map((found) => targetOf(file, found)),
      ]),
    ),
  );

/** Everything that breaks the architecture, one sentence each; nothing when it holds. */
export const architectureProblems = (packages: readonly WorkspacePackage[]): string[] => [
  ...packages
    .filter(({ folder }) => folder !== FOR_TESTS && floorOf(folder) === undefined)
    .map(({ folder }) => `${folder} has no floor: give it one in test/architecture/floors.ts`),
  ...importProblems(packages),
  ...packageCircles(packages).map((circle) => `packages in a circle: ${circle.join(' → ')}`),
  ...packages.flatMap(({ files }) => fileCircles(files)).map((circle) => `files in a circle: ${circle.join(' → ')}`),
];
