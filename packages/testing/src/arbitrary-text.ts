import fc, { type Arbitrary } from 'fast-check';
import type * as z from 'zod';
import { checksOf, lengthsOf } from './checks.js';

const DAY = 86_400_000;
/** Near enough to one another that periods meet; with a leap day and the nights on which clocks change. */
const [firstDay, lastDay] = [Date.parse('2024-01-01'), Date.parse('2028-12-31')];

const date = fc
  .integer({ min: 0, max: (lastDay - firstDay) / DAY })
  .map((days) => new Date(firstDay + days * DAY).toISOString().slice(0, 10));
const instant = fc.integer({ min: firstDay, max: lastDay }).map((at) => new Date(at).toISOString());
const email = fc.stringMatching(/^[a-z]{1,12}(\.[a-z]{1,12})?@[a-z]{1,12}\.example\.org$/);

/** Texts that refinements of strings ask for: zones and recurrence rules. */
const known = [
  'Europe/Paris',
  'Indian/Reunion',
  'America/Martinique',
  'Pacific/Noumea',
  'America/Miquelon',
  'FREQ=WEEKLY;BYDAY=TU',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
  'FREQ=MONTHLY;BYDAY=1WE',
  'FREQ=MONTHLY;BYDAY=-1FR;COUNT=6',
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what texts must not have.
const unfit = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|[\ud800-\udfff]/u;
const character = fc
  .oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.constantFrom('é', 'œ', '’', ' ', '\n', '"', '\\', 'İ', '漢', '👩🏽‍💻') },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
  )
  .filter((text) => !unfit.test(text));

/** Longer texts than this prove nothing more. */
const longest = 40;

/** Texts that a schema of strings takes. */
export const stringArbitrary = (def: z.core.$ZodStringDef, fits: (text: string) => boolean): Arbitrary<string> => {
  const checks = checksOf(def);
  const format = 'format' in def ? String(def.format) : undefined;
  const version = 'version' in def ? String(def.version) : undefined;
  switch (format) {
    case undefined:
      break;
    case 'uuid':
      return fc.uuid(version === 'v7' ? { version: 7 } : {});
    case 'date':
      return date;
    case 'datetime':
      return instant;
    case 'email':
      return email.filter(fits);
    default:
      throw new TypeError(`no texts can be generated for zod's format ${format}`);
  }
  if (checks.some(({ check }) => check === 'custom')) {
    const fitting = known.filter(fits);
    if (fitting.length > 0) return fc.constantFrom(...fitting);
  }
  const pattern = checks.find((one) => one.pattern !== undefined)?.pattern;
  if (pattern !== undefined) return fc.stringMatching(pattern).filter(fits);
  const { min, max } = lengthsOf(def, longest);
  // A character may be several UTF-16 units, which is what schemas count.
  return fc
    .array(character, { minLength: min, maxLength: max })
    .map((characters) => characters.join('').normalize('NFC'))
    .filter(fits);
};
