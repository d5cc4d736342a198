import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  ControllerHandlerReturnType,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/typings/app';
import { matcherOf } from './route.js';

/** An answer to a request. */
export interface BoardAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** What bull-board's own server adapters are to a framework, for plain answers: only what reads is answered. */
export interface ReadingAdapter extends IServerAdapter {
  /** Answers a GET of this path below the board's own; undefined when there is no such page. */
  answer(path: string, query: URLSearchParams): Promise<BoardAnswer | undefined>;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

const named = (one: string | readonly string[]): readonly string[] => (typeof one === 'string' ? [one] : one);

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Fills in the board's one page; `<%- name %>` is put in as it is. */
const rendered = (template: string, params: Readonly<Record<string, string>>): string =>
  template.replace(/<%([-=])\s*(\w+)\s*%>/g, (_, how: string, name: string) =>
    how === '-' ? (params[name] ?? '') : escaped(params[name] ?? ''),
  );

const json = ({ status = 200, body }: ControllerHandlerReturnType): BoardAnswer => ({
  status,
  type: types['.json'] ?? '',
  body: JSON.stringify(body),
});

/** The adapter for a board that is served under `basePath`. */
export const readingAdapter = (basePath: string): ReadingAdapter => {
  let queues: BullBoardQueues = new Map();
  let uiConfig: UIConfig = {};
  let views = '';
  let statics: { readonly route: string; readonly directory: string } | undefined;
  let entry: AppViewRoute | undefined;
  let onError: ((error: Error) => ControllerHandlerReturnType) | undefined;
  let routes: readonly AppControllerRoute[] = [];

  const fromDisk = async (path: string): Promise<BoardAnswer | undefined> => {
    if (statics === undefined || !path.startsWith(`${statics.route}/`)) return undefined;
    // Names as the board's own files have them: nothing that could lead out of their directory.
    const name = path.slice(statics.route.length + 1);
    if (!/^[\w-]+(\.[\w-]+)*(\/[\w-]+(\.[\w-]+)*)*$/.test(name)) return undefined;
    try {
      const body = await readFile(join(statics.directory, name));
      return { status: 200, type: types[extname(name)] ?? 'application/octet-stream', body };
    } catch {
      return undefined;
    }
  };

  const fromApi = async (path: string, query: URLSearchParams): Promise<BoardAnswer | undefined> => {
    for (const { method, route, handler } of routes) {
      if (!named(method).includes('get')) continue;
      const params = named(route)
        .map((one) => matcherOf(one)(path))
        .find((found) => found !== undefined);
      if (params === undefined) continue;
      try {
        const request = { queues, uiConfig, query: Object.fromEntries(query), params, body: {}, headers: {} };
        return json(await handler(request));
      } catch (error) {
        if (onError === undefined || !(error instanceof Error)) throw error;
        return json(onError(error));
      }
    }
    return undefined;
  };

  const fromEntry = async (path: string): Promise<BoardAnswer | undefined> => {
    if (entry === undefined || !named(entry.route).some((route) => matcherOf(route)(path) !== undefined))
      return undefined;
    const { name, params } = entry.handler({ basePath, uiConfig });
    const template = await readFile(join(views, name.endsWith('.ejs') ? name : `${name}.ejs`), 'utf8');
    return { status: 200, type: 'text/html; charset=utf-8', body: rendered(template, params) };
  };

  const adapter: ReadingAdapter = {
    setQueues(given) {
      queues = given;
      return adapter;
    },
    setViewsPath(path) {
      views = path;
      return adapter;
    },
    setStaticPath(route, directory) {
      statics = { route, directory };
      return adapter;
    },
    setEntryRoute(route) {
      entry = route;
      return adapter;
    },
    setErrorHandler(handler) {
      onError = handler;
      return adapter;
    },
    setApiRoutes(given) {
      routes = given;
      return adapter;
    },
    setUIConfig(config) {
      uiConfig = config;
      return adapter;
    },
    answer: async (path, query) => (await fromDisk(path)) ?? (await fromApi(path, query)) ?? (await fromEntry(path)),
  };
  return adapter;
};
