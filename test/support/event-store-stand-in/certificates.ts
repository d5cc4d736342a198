import { webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import 'reflect-metadata'; // the certificate library's own dependencies ask for it, and it must come first
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate authority of one's own, and a certificate it gave to localhost. */
export interface Certificates {
  /** What clients trust: `tlsCAFile`. */
  readonly caFile: string;
  readonly key: Buffer;
  readonly certificate: Buffer;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 86_400_000;

const keyPair = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const pem = (label: string, bytes: ArrayBuffer): Buffer => {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return Buffer.from(`-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`);
};

const certificateOf = ({ rawData }: X509Certificate): Buffer => pem('CERTIFICATE', rawData);

/** Makes both, good for ten days; the authority's certificate is written into the directory. */
export const makeCertificates = async (directory: string): Promise<Certificates> => {
  const [authority, node] = [await keyPair(), await keyPair()];
  const common = {
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 10 * day),
    signingAlgorithm: algorithm,
  };
  const ca = await X509CertificateGenerator.createSelfSigned(
    {
      ...common,
      serialNumber: '01',
      name: 'CN=stand-in CA',
      keys: authority,
      extensions: [new BasicConstraintsExtension(true, 1, true)],
    },
    webcrypto,
  );
  const own = await X509CertificateGenerator.create(
    {
      ...common,
      serialNumber: '02',
      subject: 'CN=localhost',
      issuer: ca.subject,
      publicKey: node.publicKey,
      signingKey: authority.privateKey,
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
        ]),
      ],
    },
    webcrypto,
  );
  const caFile = join(directory, 'ca.crt');
  await writeFile(caFile, certificateOf(ca));
  return {
    caFile,
    key: pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', node.privateKey)),
    certificate: certificateOf(own),
  };
};
