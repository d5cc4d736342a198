import type { Random } from './aes-gcm.js';
import { type KeyRecord, type KeyStore, SubjectErased, type SubjectKey } from './key-store.js';
import { digestOfKey, mintKey } from './minting.js';

/** A key store that lives and dies with the process, for tests and demonstrations. */
export const memoryKeyStore = ({ random, now }: { readonly random: Random; readonly now: () => Date }): KeyStore => {
  const records = new Map<string, KeyRecord>();
  const keys = new Map<string, SubjectKey>();
  const mint = (subject: string): SubjectKey => {
    const key = mintKey(subject, random);
    const createdAt = now().toISOString();
    records.set(subject, { subject, state: 'active', kid: key.kid, keyDigest: digestOfKey(key.key), createdAt });
    keys.set(subject, key);
    return key;
  };
  return {
    async obtain(subjects) {
      const erased = subjects.find((subject) => records.get(subject)?.state === 'erased');
      if (erased !== undefined) throw new SubjectErased(erased);
      return new Map(subjects.map((subject) => [subject, keys.get(subject) ?? mint(subject)]));
    },
    async find(subjects) {
      const found = new Map<string, SubjectKey | 'erased'>();
      for (const subject of subjects) {
        const key = records.get(subject)?.state === 'erased' ? 'erased' : keys.get(subject);
        if (key !== undefined) found.set(subject, key);
      }
      return found;
    },
    async destroyKey(subject) {
      const at = now().toISOString();
      const record = records.get(subject) ?? { subject, createdAt: at };
      const erased: KeyRecord = { erasedAt: at, ...record, state: 'erased' };
      records.set(subject, erased);
      keys.delete(subject);
      return erased;
    },
    describe: async (subject) => records.get(subject),
  };
};
