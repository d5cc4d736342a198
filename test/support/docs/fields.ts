import { code } from './markdown.js';

/** The part of JSON Schema that zod writes. */
interface JsonSchema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface Field {
  /** `agents[].personId` */
  readonly path: string;
  readonly type: string;
  readonly optional: boolean;
}

const range = (low: number | undefined, high: number | undefined, least: number): string => {
  const from = low === undefined || low <= least ? undefined : low;
  const to = high === undefined || high >= Number.MAX_SAFE_INTEGER ? undefined : high;
  if (from === undefined) return to === undefined ? '' : ` ≤ ${to}`;
  return to === undefined ? ` ≥ ${from}` : ` ${from}–${to}`;
};

const formats: Readonly<Record<string, string>> = {
  uuid: 'id (UUID)',
  date: 'date',
  'date-time': 'instant',
  email: 'e-mail address',
};

const choice = (values: readonly unknown[]): string => values.map((value) => code(String(value))).join(', ');

/** What a value may be, in a few words. */
const typeOf = (schema: JsonSchema): string => {
  const { type, format, const: only, enum: values, items, pattern } = schema;
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return [...new Set(variants.map(typeOf))].join(' or ');
  if (only !== undefined) return code(String(only));
  if (values) return choice(values);
  if (format !== undefined && formats[format] !== undefined) return formats[format];
  if (type === 'string') {
    const length = range(schema.minLength, schema.maxLength, 1);
    return pattern === undefined ? `text${length}` : `text like ${code(pattern)}`;
  }
  if (type === 'integer') {
    const above = schema.exclusiveMinimum;
    const low = schema.minimum ?? (above === undefined ? undefined : above + 1);
    return `whole number${range(low, schema.maximum, -Number.MAX_SAFE_INTEGER)}`;
  }
  if (type === 'number') return `number${range(schema.minimum, schema.maximum, -Number.MAX_SAFE_INTEGER)}`;
  if (type === 'boolean') return 'yes or no';
  if (schema.prefixItems) return `list of exactly ${schema.prefixItems.length}`;
  if (type === 'array') return `list${range(schema.minItems, schema.maxItems, 0)} of ${items ? typeOf(items) : 'any'}`;
  if (type === 'object') return 'fields';
  return 'any';
};

const isFields = ({ type, properties }: JsonSchema): boolean => type === 'object' && properties !== undefined;

/** The fields of a schema, those of nested objects after the object that holds them. */
export const fieldsOf = (given: unknown, prefix = ''): readonly Field[] => {
  const schema = given as JsonSchema; // written by zod
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) {
    const seen = new Map<string, Field>();
    for (const field of variants.flatMap((variant) => fieldsOf(variant, prefix))) {
      const before = seen.get(field.path);
      const types = new Set([...(before?.type.split(' or ') ?? []), field.type]);
      const shared = variants.every((variant) => fieldsOf(variant, prefix).some(({ path }) => path === field.path));
      seen.set(field.path, { ...field, type: [...types].join(' or '), optional: field.optional || !shared });
    }
    return [...seen.values()];
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const path = `${prefix}${name}`;
    const optional = !(schema.required ?? []).includes(name);
    const own = { path, type: typeOf(inner), optional };
    if (isFields(inner)) return [own, ...fieldsOf(inner, `${path}.`)];
    if (inner.anyOf?.some(isFields) || inner.oneOf?.some(isFields)) return [own, ...fieldsOf(inner, `${path}.`)];
    if (inner.items && (isFields(inner.items) || inner.items.anyOf || inner.items.oneOf))
      return [own, ...fieldsOf(inner.items, `${path}[].`)];
    return [own];
  });
};
