import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { domain } from '@probono/domain';
import { parseSync } from '@swc/core';

const root = resolve(import.meta.dirname, '../../../packages/domain/src');
const files: ReadonlyMap<string, string> = new Map(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => [name, readFileSync(join(root, name), 'utf8')]),
);

/** What the comment above a declared event or command says, by its name. */
export const descriptions: ReadonlyMap<string, string> = new Map(
  [...files.values()].flatMap((source) =>
    [...source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const (\w+) = define(?:Event|Command)\(/g)].map(
      ([, comment = '', name = '']): [string, string] => [
        name,
        comment
          .replace(/^\s*\*/gm, ' ')
          .replace(/\{@link (\w+)\}/g, '`$1`')
          .replace(/\s+/g, ' ')
          .trim(),
      ],
    ),
  ),
);

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const textOf = (node: unknown): string => (isNode(node) && typeof node.value === 'string' ? node.value : '');
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The rules that a template such as `session.${problem}-local-time` may give; one without a point names none. */
const rulesLike = (quasis: readonly unknown[]): readonly string[] => {
  const parts = quasis.map((quasi) => (isNode(quasi) && typeof quasi.raw === 'string' ? quasi.raw : ''));
  if (!/^[a-z-]+\./.test(parts[0] ?? '')) return [];
  const form = new RegExp(`^${parts.map((part) => part.replace(/[^\w-]/g, '\\$&')).join('[a-z-]+')}$`);
  return Object.keys(domain.rules).filter((rule) => form.test(rule));
};

/** What a piece of code names: other pieces, and rules. */
interface Named {
  readonly identifiers: Set<string>;
  readonly rules: Set<string>;
}

/** Types say nothing of what is looked at, but for the expressions inside a cast. */
const isType = ({ type }: Node): boolean =>
  typeof type === 'string' && type.startsWith('Ts') && !/Expression$|ConstAssertion$/.test(type);

const namedIn = (node: unknown, into: Named = { identifiers: new Set(), rules: new Set() }): Named => {
  if (!isNode(node) || isType(node)) return into;
  const { type, value } = node;
  if (type === 'Identifier' && typeof value === 'string') into.identifiers.add(value);
  if (type === 'StringLiteral' && typeof value === 'string' && value in domain.rules) into.rules.add(value);
  if (type === 'TemplateLiteral') for (const rule of rulesLike(listOf(node.quasis))) into.rules.add(rule);
  for (const child of Object.values(node)) namedIn(child, into);
  return into;
};

interface Source {
  readonly declared: Map<string, Named>;
  /** By local name: the file that it comes from. */
  readonly imported: Map<string, string>;
  readonly calls: { readonly command: string; readonly named: Named }[];
}

/** Calls that are handed a command: `handle(DeclareHours, …)`, or what makes such a call of it. */
const collectCalls = (node: unknown, calls: Source['calls']): void => {
  if (!isNode(node)) return;
  if (node.type === 'CallExpression') {
    for (const argument of listOf(node.arguments)) {
      const command = isNode(argument) ? textOf(argument.expression) : '';
      if (command in domain.handlers) calls.push({ command, named: namedIn(node) });
    }
  }
  for (const child of Object.values(node)) collectCalls(child, calls);
};

const sourceOf = (name: string, text: string): Source => {
  const source: Source = { declared: new Map(), imported: new Map(), calls: [] };
  for (const statement of listOf(parseSync(text, { syntax: 'typescript', target: 'es2022' }).body)) {
    if (!isNode(statement)) continue;
    if (statement.type === 'ImportDeclaration' && textOf(statement.source).startsWith('.')) {
      const from = posix.join(posix.dirname(name), textOf(statement.source)).replace(/\.js$/, '.ts');
      for (const one of listOf(statement.specifiers)) if (isNode(one)) source.imported.set(textOf(one.local), from);
    }
    const declaration = statement.type === 'ExportDeclaration' ? statement.declaration : statement;
    if (!isNode(declaration)) continue;
    if (declaration.type === 'FunctionDeclaration')
      source.declared.set(textOf(declaration.identifier), namedIn(declaration));
    for (const each of listOf(declaration.declarations))
      if (isNode(each)) source.declared.set(textOf(each.id), namedIn(each.init));
    collectCalls(declaration, source.calls);
  }
  return source;
};

// A table of rules names all of them and looks at none.
const parsed = new Map(
  [...files].filter(([name]) => !/(^|\/)rules\.ts$/.test(name)).map(([name, text]) => [name, sourceOf(name, text)]),
);

const rulesFrom = (file: string, { identifiers, rules }: Named, seen: Set<string>): Set<string> => {
  const all = new Set(rules);
  for (const name of identifiers) {
    const own = parsed.get(file);
    const home = own?.declared.has(name) ? file : own?.imported.get(name);
    const named = home === undefined ? undefined : parsed.get(home)?.declared.get(name);
    if (home === undefined || named === undefined || seen.has(`${home} ${name}`)) continue;
    seen.add(`${home} ${name}`);
    for (const rule of rulesFrom(home, named, seen)) all.add(rule);
  }
  return all;
};

/** By command: the rules that its code names, itself or through what it calls. */
export const rulesOfCommands: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const found = new Map<string, Set<string>>();
  for (const [file, { calls }] of parsed) {
    for (const { command, named } of calls) {
      const all = found.get(command) ?? new Set<string>(['role.not-allowed', 'command.id-reused']);
      found.set(command, all);
      for (const rule of rulesFrom(file, named, new Set())) all.add(rule);
    }
  }
  return found;
})();
