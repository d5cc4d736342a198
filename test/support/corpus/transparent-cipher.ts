import type { FieldCipher } from '@probono/event-store';

/** What stands in a sample where the log has ciphertext: whose it is, and the value, to be read by anyone. */
interface Transparent {
  readonly sealed: 'transparent';
  readonly subject: string;
  readonly value: unknown;
}

const isTransparent = (value: unknown): value is Transparent =>
  typeof value === 'object' && value !== null && 'sealed' in value && value.sealed === 'transparent';

/**
 * A cipher that hides nothing. A sample must be readable in ten years, by people and without a key, and the people in
 * it are made up; what is frozen is where personal values lie and whose they are. Ciphertexts have tests of their own.
 */
export const transparentCipher: FieldCipher = {
  seal: async (values) => values.map(({ subject, value }): Transparent => ({ sealed: 'transparent', subject, value })),
  open: async (values) =>
    values.map(({ subject, value, bound }) => {
      if (!isTransparent(value) || value.subject !== subject)
        throw new Error(`${bound.type} ${bound.field}: not sealed for ${subject}`);
      return value.value;
    }),
};

/** The same log after the keys of everyone in it were destroyed. */
export const erasedCipher: FieldCipher = {
  ...transparentCipher,
  open: async (values) => values.map(() => ({ erased: true })),
};
