import type * as z from 'zod';

/** What a check of a schema says, of any kind: the fields of other kinds are absent. */
export interface CheckDef {
  readonly check: string;
  readonly value?: number;
  readonly inclusive?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly length?: number;
  readonly pattern?: RegExp;
}

/** The checks that a schema carries, in order. */
export const checksOf = ({ checks = [] }: z.core.$ZodTypeDef): readonly CheckDef[] =>
  checks.map(({ _zod }) => _zod.def as CheckDef); // zod's kinds of checks, seen as one

/** The fewest and the most parts that a text or an array may have, `most` where the schema allows more. */
export const lengthsOf = (def: z.core.$ZodTypeDef, most: number): { readonly min: number; readonly max: number } => {
  let [min, max] = [0, most];
  for (const { minimum, maximum, length } of checksOf(def)) {
    min = length ?? minimum ?? min;
    max = length ?? Math.min(max, maximum ?? max);
  }
  return { min, max: Math.max(min, max) };
};
