import { domain } from '@probono/domain';
import { eventSchemas } from '../../../packages/cli/src/commands/schema.js';
import { fileOf, laidOut, readSample } from '../corpus/samples.js';
import { fieldsOf } from './fields.js';
import { anchor, code, generated, page, table } from './markdown.js';
import { descriptions } from './sources.js';

interface Described {
  readonly version: number;
  readonly personal: readonly { readonly path: string; readonly subject: string }[];
  readonly versions: Readonly<Record<string, unknown>>;
}

const ownerOf = (subject: string): string =>
  ({ '@stream': 'of the person whose stream it is', '@actor': 'of the one who acts' })[subject] ??
  `of the person in ${code(subject)}`;

const sampleOf = (type: string, version: number): string => {
  const sample = readSample({ type, version });
  if (sample === undefined) return '';
  const link = `[sample](../test/corpus/${fileOf({ type, version })})`;
  if (Object.keys(sample.data as object).length === 0) return `No data of its own; the envelope says all (${link}).`; // an object in every version
  return `<details><summary>Sample</summary>\n\n\`\`\`json\n${laidOut(sample.data)}\n\`\`\`\n\nWith its envelope: ${link}.\n\n</details>`;
};

/** `docs/events.md` */
export const eventsPage = (): string => {
  const { events } = eventSchemas(domain) as { events: Record<string, Described> }; // what it returns
  const section = (type: string): readonly string[] => {
    const { version, personal, versions } = events[type] ?? { version: 1, personal: [], versions: {} };
    const owners = new Map(personal.map(({ path, subject }) => [path.replaceAll('.*', '[]'), ownerOf(subject)]));
    const older = Array.from({ length: version - 1 }, (_, index) => index + 1);
    const fields = fieldsOf(versions[String(version)]);
    return [
      `### ${type}`,
      descriptions.get(type) ?? '',
      `Version ${version}.${older.length === 0 ? '' : ` Older versions, read as today’s: ${older.map((v) => `[v${v}](../test/corpus/${fileOf({ type, version: v })})`).join(', ')}.`}`,
      table(
        ['field', 'type', '', 'personal'],
        fields.map(({ path, type: what, optional }) => [
          code(path),
          what,
          optional ? 'optional' : '',
          owners.has(path) ? `under the key ${owners.get(path)}` : '',
        ]),
      ),
      sampleOf(type, version),
    ];
  };
  const aggregates = Object.values(domain.aggregates);
  return page(
    '# Events',
    generated,
    'What the log holds: every type of event with the stream it goes to, the version written today and its fields. All carry the same envelope (`eventId`, `stream`, `revision`, `schemaVersion`, `recordedAt`, `effectiveOn`, `actor`, `authority`, `commandId`, `framework`, `basis` …). Personal fields are encrypted under the key of the person they speak of, and read as erased once that key is destroyed; so are `reason` and `justification`, under the key of the one who acts. Every version that was ever written has a [frozen sample](../test/corpus).',
    table(
      ['stream', 'events'],
      aggregates.map(({ category, events: own }) => [
        code(`${category}-{id}`),
        Object.keys(own)
          .map((type) => `[${type}](#${anchor(type)})`)
          .join(' · '),
      ]),
    ),
    aggregates.flatMap(({ category, events: own }) => [`## ${category}`, ...Object.keys(own).flatMap(section)]),
  );
};
