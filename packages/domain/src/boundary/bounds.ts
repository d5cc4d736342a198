/** How large and how deep a value from outside may be. */
export interface Bounds {
  /** Bytes of its JSON text, in UTF-8; default 512 KiB. */
  readonly maxBytes?: number;
  /** Levels of arrays and objects; default 64. */
  readonly maxDepth?: number;
}

/** What is wrong with a value, and where: `agents.1.name`; the value itself has an empty path. */
export interface BoundsProblem {
  readonly path: string;
  readonly message: string;
}

/** Enough to correct a form by; a hostile value is not answered with a list of its own length. */
const maxProblems = 20;
const defaultBytes = 524_288;
const defaultDepth = 64;

const loneSurrogate = /[\ud800-\udfff]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const refusedKeys = new Set(['__proto__', 'constructor']);

interface Visit {
  readonly value: unknown;
  readonly parent: Visit | undefined;
  readonly key: string | number | undefined;
  readonly depth: number;
}

/**
 * Looks over a value from outside before any parser sees it: its size, its depth, and that every text in it is
 * well-formed Unicode in NFC without control characters (line feed and tab may stand). It does not recurse, so that no
 * depth can exhaust the stack. A property that is `undefined` counts as absent.
 *
 * @returns what is wrong, at most 20 problems; nothing when the value may go on
 *
 * @example checkBounds(JSON.parse(text), { maxBytes: 65_536 }) // [{ path: 'note', message: '…' }]
 */
export const checkBounds = (value: unknown, bounds: Bounds = {}): readonly BoundsProblem[] => {
  const maxBytes = bounds.maxBytes ?? defaultBytes;
  const maxDepth = bounds.maxDepth ?? defaultDepth;
  const problems: BoundsProblem[] = [];
  const report = (visit: Visit, message: string): void => {
    if (problems.length < maxProblems) problems.push({ path: pathOf(visit), message });
  };
  const waiting: Visit[] = [{ value, parent: undefined, key: undefined, depth: 0 }];
  let bytes = 0;
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const below = childrenOf(visit);
    if (below === undefined) {
      bytes += scalarBytes(visit, report);
    } else if (visit.depth >= maxDepth) {
      report(visit, `is nested more than ${maxDepth} levels deep`);
    } else {
      bytes += 2 + Math.max(0, below.length - 1);
      for (const child of below) if (typeof child.key === 'string') bytes += 1 + keyBytes(child, child.key, report);
      // Pushed in reverse, so that the first is looked at first.
      for (const child of below.toReversed()) waiting.push(child);
    }
    if (bytes > maxBytes) {
      problems.push({ path: '', message: `is larger than ${maxBytes} bytes` });
      return problems;
    }
  }
  return problems;
};

const childrenOf = (visit: Visit): readonly Visit[] | undefined => {
  const { value } = visit;
  const depth = visit.depth + 1;
  if (Array.isArray(value))
    return Array.from(value, (item: unknown, key) => ({ value: item, parent: visit, key, depth }));
  if (typeof value !== 'object' || value === null || !isPlain(value)) return undefined;
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]: [string, unknown]) => ({ value: item, parent: visit, key, depth }));
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The root of a chain is Object.prototype, of this realm or another's.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

type Report = (visit: Visit, message: string) => void;

const scalarBytes = (visit: Visit, report: Report): number => {
  const { value } = visit;
  if (typeof value === 'string') {
    const wrong = textProblem(value);
    if (wrong !== undefined) report(visit, wrong);
    return textBytes(value);
  }
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    return String(value).length;
  }
  report(visit, 'is not a JSON value');
  return 1;
};

const keyBytes = (visit: Visit, key: string, report: Report): number => {
  const wrong = refusedKeys.has(key) ? 'is a name that a field cannot have' : textProblem(key);
  if (wrong !== undefined) report(visit, wrong);
  return textBytes(key);
};

const textProblem = (text: string): string | undefined => {
  if (loneSurrogate.test(text)) return 'is not well-formed Unicode';
  if (controlCharacter.test(text)) return 'has a control character other than line feed and tab';
  if (text.normalize('NFC') !== text) return 'is not in Unicode normalisation form C';
  return undefined;
};

/** Bytes of a text in JSON: quotes, UTF-8, and a backslash before what needs one. */
const textBytes = (text: string): number => {
  let bytes = 2;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c) bytes += 2;
    else if (unit < 0x80) bytes += 1;
    // Each half of a surrogate pair counts two of its four bytes.
    else bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
};

const pathOf = (visit: Visit): string => {
  const path: (string | number)[] = [];
  for (let at: Visit | undefined = visit; at?.key !== undefined; at = at.parent) path.unshift(at.key);
  return path.join('.');
};
