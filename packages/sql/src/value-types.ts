import pg from 'pg';

/** Turns PostgreSQL's text form of a value into its JavaScript value. */
export type ReadValue = (text: string) => unknown;

// Object identifiers of pg_type; they are fixed for built-in types.
const OID = {
  bool: 16,
  bytea: 17,
  name: 19,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  bpchar: 1042,
  varchar: 1043,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
} as const;

const ARRAY_OF: Readonly<Record<number, number>> = {
  199: OID.json,
  1000: OID.bool,
  1001: OID.bytea,
  1003: OID.name,
  1005: OID.int2,
  1007: OID.int4,
  1009: OID.text,
  1014: OID.bpchar,
  1015: OID.varchar,
  1016: OID.int8,
  1021: OID.float4,
  1022: OID.float8,
  1028: OID.oid,
  1115: OID.timestamp,
  1182: OID.date,
  1185: OID.timestamptz,
  1231: OID.numeric,
  2951: OID.uuid,
  3807: OID.jsonb,
};

// Widened: the enumeration of pg-types leaves arrays out, its parsers do not.
const TEXT_ARRAY: number = 1009;

const asText: ReadValue = (text) => text;
const readInstant = pg.types.getTypeParser(OID.timestamptz, 'text');
const readTextArray = pg.types.getTypeParser(TEXT_ARRAY, 'text');

const readBytes: ReadValue = (text) => {
  const { buffer, byteOffset, byteLength } = Buffer.from(text.slice(2), 'hex');
  // A view, not a copy: bytes are most of what is read.
  return new Uint8Array(buffer, byteOffset, byteLength);
};

const scalars: Readonly<Record<number, ReadValue>> = {
  [OID.bool]: (text) => text === 't',
  [OID.bytea]: readBytes,
  [OID.int8]: BigInt,
  [OID.int2]: Number,
  [OID.int4]: Number,
  [OID.oid]: Number,
  [OID.float4]: Number,
  [OID.float8]: Number,
  [OID.json]: (text) => JSON.parse(text),
  [OID.jsonb]: (text) => JSON.parse(text),
  // A local time has no instant: a Date would depend on this process's time zone.
  [OID.date]: asText,
  [OID.timestamp]: asText,
  [OID.timestamptz]: readInstant,
};

function readArray(element: ReadValue): ReadValue {
  const read = (entry: unknown): unknown => {
    if (Array.isArray(entry)) return entry.map(read);
    return typeof entry === 'string' ? element(entry) : entry;
  };
  return (text) => read(readTextArray(text));
}

const readers: ReadonlyMap<number, ReadValue> = new Map([
  ...Object.entries(scalars).map(([oid, read]) => [Number(oid), read] as const),
  ...Object.entries(ARRAY_OF).map(([oid, of]) => [Number(oid), readArray(scalars[of] ?? asText)] as const),
]);

/** The types of `SqlExecutor.query`, alike on both engines; what is not listed stays text. */
export function valueReader(oid: number): ReadValue {
  return readers.get(oid) ?? asText;
}

/** Every type PGlite would read its own way, with our reader. */
export const valueReaders: Readonly<Record<number, ReadValue>> = Object.fromEntries(
  [...Object.values(OID), ...Object.keys(ARRAY_OF).map(Number)].map((oid) => [oid, valueReader(oid)]),
);

/** Readers of node-postgres, for a PGlite session that stands in for one of its pools. */
export const nodePostgresReaders: Readonly<Record<number, ReadValue>> = Object.fromEntries(
  [...Object.values(OID), ...Object.keys(ARRAY_OF).map(Number)].map((oid) => [
    oid,
    pg.types.getTypeParser(oid, 'text'),
  ]),
);
