/** A cell of a table: on one line, with nothing that would end it. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table; empty when it has no rows. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** Blocks with an empty line between them; empty ones are left out. */
export const page = (...blocks: readonly (string | readonly string[])[]): string =>
  `${blocks
    .flat()
    .filter((block) => block !== '')
    .join('\n\n')}\n`;

export const code = (text: string): string => `\`${text}\``;

/** `wrong-state` → the anchor that a heading of this text has. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-');

/** What every page of this kind begins with. */
export const generated =
  '_Generated from the code; `UPDATE_DOCS=1 pnpm jest test/docs.test.ts` writes it anew, and the test fails when it differs._';
