import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate authority of one's own, and a certificate it gave to localhost. */
export interface Certificates {
  /** What clients trust: `tlsCAFile`. */
  readonly caFile: string;
  readonly key: Buffer;
  readonly certificate: Buffer;
}

const openssl = (directory: string, ...args: readonly string[]) =>
  promisify(execFile)('openssl', [...args], { cwd: directory });

const request = ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes both in a directory, good for ten days. */
export const makeCertificates = async (directory: string): Promise<Certificates> => {
  await openssl(
    directory,
    ...[...request, '-x509', '-days', '10', '-subj', '/CN=stand-in CA', '-keyout', 'ca.key', '-out', 'ca.crt'],
  );
  await openssl(directory, ...request, '-subj', '/CN=localhost', '-keyout', 'node.key', '-out', 'node.csr');
  await writeFile(join(directory, 'node.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  await openssl(
    directory,
    ...['x509', '-req', '-in', 'node.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-days', '10', '-extfile', 'node.ext', '-out', 'node.crt'],
  );
  return {
    caFile: join(directory, 'ca.crt'),
    key: await readFile(join(directory, 'node.key')),
    certificate: await readFile(join(directory, 'node.crt')),
  };
};
