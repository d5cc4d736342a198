import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where one-click requests arrive (RFC 8058), and the secret that makes their links impossible to guess. */
export interface Unsubscribing {
  /** `https:` */
  readonly url: string;
  readonly secret: string;
}

/** The token of a person's unsubscribe link: it proves that the link came from a mail to that person. */
export const unsubscribeToken = (personId: string, secret: string): string =>
  createHmac('sha256', secret).update(`unsubscribe ${personId}`).digest('base64url');

/** The link that stops mails to a person by one POST, without a login. */
export const unsubscribeUrlOf = (personId: string, { url, secret }: Unsubscribing): string => {
  const link = new URL(url);
  link.searchParams.set('p', personId);
  link.searchParams.set('t', unsubscribeToken(personId, secret));
  return link.href;
};

/** True when the token of a link is that of the person it names: for the page that {@link Unsubscribing.url} leads to. */
export const isUnsubscribeToken = (personId: string, token: string, secret: string): boolean => {
  const expected = Buffer.from(unsubscribeToken(personId, secret));
  const given = Buffer.from(token);
  return expected.length === given.length && timingSafeEqual(expected, given);
};
