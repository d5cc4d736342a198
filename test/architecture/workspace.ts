import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from '@swc/core';

/** One arrow in the source: what a file asks for, and whether it is gone after compilation. */
export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** From the top of the checkout, with slashes. */
  readonly path: string;
  readonly imports: readonly Import[];
}

export interface WorkspacePackage {
  /** `packages/domain` */
  readonly folder: string;
  readonly name: string;
  readonly dependencies: ReadonlySet<string>;
  readonly files: readonly SourceFile[];
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const textOf = (literal: unknown): string | undefined =>
  isNode(literal) && typeof literal.value === 'string' ? literal.value : undefined;

const importOf = (node: Node): Import | undefined => {
  const arrow = (literal: unknown, typeOnly: boolean): Import | undefined => {
    const specifier = textOf(literal);
    return specifier === undefined ? undefined : { specifier, typeOnly };
  };
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return arrow(node.source, node.typeOnly === true);
    case 'TsImportType':
      return arrow(node.argument, true);
    case 'TsExternalModuleReference':
      return arrow(node.expression, false);
    case 'CallExpression': {
      const [first] = Array.isArray(node.arguments) ? node.arguments : [];
      const isDynamicImport = isNode(node.callee) && node.callee.type === 'Import';
      return isDynamicImport && isNode(first) ? arrow(first.expression, false) : undefined;
    }
    default:
      return undefined;
  }
};

/** Every import, re-export, dynamic import and imported type in a TypeScript source. */
export function importsOf(source: string): Import[] {
  const found: Import[] = [];
  const visit = (value: unknown): void => {
    if (!isNode(value)) return;
    const arrow = importOf(value);
    if (arrow !== undefined) found.push(arrow);
    for (const child of Object.values(value)) visit(child);
  };
  visit(parseSync(source, { syntax: 'typescript', target: 'es2022' }).body);
  return found;
}

const sourcesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
        .map((name) => join(folder, name))
        .sort()
    : [];

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const readPackage = (root: string, folder: string): WorkspacePackage => {
  // The manifest's shape is npm's; test/repository.test.ts looks at the fields that matter here.
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  return {
    folder,
    name: manifest.name,
    dependencies: new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })),
    files: sourcesUnder(join(root, folder, 'src')).map((path) => ({
      path: relative(root, path).replaceAll('\\', '/'),
      imports: importsOf(readFileSync(path, 'utf8')),
    })),
  };
};

/** Folders of a checkout that hold a package: `packages/domain`, `services/projector`, … */
export const packageFolders = (root: string): string[] =>
  ['packages', 'services']
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort();

/** The packages and services of a checkout with the imports of their sources; tests are left out. */
export const readWorkspace = (root: string): WorkspacePackage[] =>
  packageFolders(root).map((folder) => readPackage(root, folder));
