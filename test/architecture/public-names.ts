import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from '@swc/core';

/** A name that a package gives to others, where it is declared. */
export interface PublicName {
  readonly name: string;
  /** The file that declares it, and how: every declaration of that name, a type beside a value of the same name too. */
  readonly file: string;
  readonly declarations: readonly Declaration[];
}

export interface Declaration {
  /** The comment above it, without its stars; undefined when there is none for readers. */
  readonly doc: string | undefined;
  /** From its first line to its last. */
  readonly text: string;
}

const kinds = '(?:declare |abstract |async )*(?:const|let|function\\*?|class|interface|type|enum)';

/** Declarations at the top level of a formatted source, found by their name. */
export const declarationsOf = (source: string, name: string): readonly Declaration[] => {
  const begins = new RegExp(`^(?:export )?${kinds} ${name}\\b`, 'gm');
  return [...source.matchAll(begins)].map(({ index }) => {
    const before = source.slice(0, index).trimEnd();
    const comment = before.endsWith('*/') ? before.slice(before.lastIndexOf('/*')) : '';
    const doc = comment.startsWith('/**') ? comment.replace(/^\/\*\*|\*\/$|^\s*\*/gm, '').trim() : undefined;
    // What is at the margin again closes it, unless it fits its first line.
    const [first = '', ...rest] = source.slice(index).split('\n');
    const last = first.endsWith(';')
      ? -1
      : rest.findIndex((line) => /^[^\s]/.test(line) && !/^[)}\]] [=:{|&]/.test(line));
    return { doc: doc || undefined, text: [first, ...rest.slice(0, last + 1)].join('\n') };
  });
};

/** What a source gives on from other files: exported name → the name there, and which file. */
const passedOn = (source: string): ReadonlyMap<string, { readonly name: string; readonly from: string }> => {
  const found = new Map<string, { name: string; from: string }>();
  for (const item of parseSync(source, { syntax: 'typescript', target: 'es2022' }).body) {
    if (item.type !== 'ExportNamedDeclaration' || item.source == null) continue;
    for (const specifier of item.specifiers) {
      if (specifier.type !== 'ExportSpecifier') continue;
      const { orig, exported } = specifier;
      found.set((exported ?? orig).value, { name: orig.value, from: item.source.value });
    }
  }
  return found;
};

const sources = new Map<string, string>();
const read = (file: string): string => {
  const known = sources.get(file) ?? readFileSync(file, 'utf8');
  sources.set(file, known);
  return known;
};

const declared = (file: string, name: string): PublicName => {
  const on = passedOn(read(file)).get(name);
  // What comes from another package is documented there.
  if (on?.from.startsWith('.'))
    return { ...declared(join(dirname(file), on.from.replace(/\.js$/, '.ts')), on.name), name };
  return { name, file, declarations: declarationsOf(read(file), name) };
};

/** Every name that the `index.ts` of a package exports. */
export const publicNames = (folder: string): readonly PublicName[] => {
  const index = join(folder, 'src/index.ts');
  if (!existsSync(index)) return [];
  const on = [...passedOn(read(index))].filter(([, { from }]) => from.startsWith('.'));
  return on.map(([name]) => declared(index, name));
};

/** Whether it says what it throws, where it throws. */
export const saysWhatItThrows = ({ doc = '', text }: Declaration): boolean =>
  !/^\s+throw new|=> \{?\s*throw new/m.test(text) || /\bthrow/i.test(doc);

/** Names of figures that say what they count: a unit, an ordinal, or the plural of what is counted. */
const counted =
  /(ms|minutes|bytes|cents|percent|version|revision|position|number|count|size|year|month|week|num|den|index|port|Taken|[a-z]s)$/i;
/** So does a comment on the whole interface. */
const counting = /\b(how many|in numbers of|counts of)\b/i;

/** Figures of an interface that say neither by their name nor by a comment what they count. */
export const bareFigures = ({ doc = '', text }: Declaration): readonly string[] => {
  if (!/^export interface/.test(text) || counting.test(doc)) return [];
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const [, name = ''] = /^ {2}(?:readonly )?(\w+)\??: number(?: \| undefined)?;/.exec(line) ?? [];
    return name === '' || counted.test(name) || lines[at - 1]?.trimEnd().endsWith('*/') ? [] : [name];
  });
};
