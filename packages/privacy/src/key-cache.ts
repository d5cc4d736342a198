/** Unwrapped keys by their name, the longest unused thrown out first. */
export interface KeyCache {
  get(kid: string): Uint8Array | undefined;
  set(kid: string, key: Uint8Array): void;
  delete(kid: string): void;
}

/** A cache of at most `size` keys. */
export const createKeyCache = (size: number): KeyCache => {
  // A Map keeps the order of insertion: the first is the longest unused.
  const keys = new Map<string, Uint8Array>();
  return {
    get(kid) {
      const key = keys.get(kid);
      if (key === undefined) return undefined;
      keys.delete(kid);
      keys.set(kid, key);
      return key;
    },
    set(kid, key) {
      keys.delete(kid);
      keys.set(kid, key);
      const [oldest] = keys.keys();
      if (keys.size > size && oldest !== undefined) keys.delete(oldest);
    },
    delete(kid) {
      keys.delete(kid);
    },
  };
};
