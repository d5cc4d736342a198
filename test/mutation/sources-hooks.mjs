import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const globals = new URL('./jest-globals.mjs', import.meta.url).href;
const typescript = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } };

const late = '/test/mutation/late-scenarios.mjs';

// Through `node_modules` a package of ours would be the one outside the sandbox, without its mutants.
const inSandbox = (name, parentURL) => {
  const sandbox = parentURL.slice(0, parentURL.search(/\/(packages|test)\//));
  const isLate = name === 'testing' && !parentURL.endsWith(late);
  return isLate ? `${sandbox}${late}` : `${sandbox}/packages/${name}/src/index.ts`;
};

export const resolve = (specifier, context, next) => {
  const { parentURL = '' } = context;
  const [, name] = /^@probono\/([a-z-]+)$/.exec(specifier) ?? [];
  if (name !== undefined) return next(inSandbox(name, parentURL), context);
  if (!parentURL.endsWith('.ts')) return next(specifier, context);
  if (specifier === '@jest/globals') return { url: globals, format: 'module', shortCircuit: true };
  return next(specifier.startsWith('.') ? specifier.replace(/\.js$/, '.ts') : specifier, context);
};

export const load = async (url, context, next) => {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), { ...typescript, filename, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
};
