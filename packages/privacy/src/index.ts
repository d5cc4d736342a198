export type { Random } from './aes-gcm.js';
export type { Ciphertext } from './ciphertext.js';
export { fieldCipher } from './field-cipher.js';
export { type FileKeyWrapperOptions, fileKeyWrapper } from './file-key-wrapper.js';
export {
  KeyMissing,
  type KeyRecord,
  type KeyStore,
  PersonalFieldTampered,
  SubjectErased,
  type SubjectKey,
} from './key-store.js';
export { type KeyWrapper, keyWrapper, type WrappedFor } from './key-wrapper.js';
export { memoryKeyStore } from './memory-key-store.js';
export { keyStoreMigrations } from './migrations.js';
export { type SqlKeyStoreOptions, sqlKeyStore } from './sql-key-store.js';
