import { readDecoded } from '@probono/application';
import { isErased, type PersonFact, type Recorded, streamName } from '@probono/domain';
import type { Codec, EventStore } from '@probono/event-store';

/** Whether, how and in which language a person can be written to. Read when it is needed, kept nowhere. */
export type Contact =
  | {
      readonly reachable: true;
      readonly name: string;
      readonly email: string;
      readonly locale: string;
    }
  | { readonly reachable: false; readonly why: 'erased' | 'no-address' | 'channel-off' };

/** Where contacts come from. */
export type ContactLookup = (personId: string) => Promise<Contact>;

/** Looks contacts up in the persons' own streams, where name and address are encrypted under the person's key. */
export const contactsIn =
  (store: EventStore, codec: Codec): ContactLookup =>
  async (personId) => {
    let contact: Contact = { reachable: false, why: 'no-address' };
    let byMail = true;
    for await (const decoded of readDecoded(store, codec, streamName('person', personId))) {
      // A person's stream holds a person's facts.
      const event = decoded as Recorded<PersonFact>;
      if (event.type === 'PersonRegistered') {
        const { name, email, locale } = event.data;
        contact =
          isErased(name) || isErased(email)
            ? { reachable: false, why: 'erased' }
            : { reachable: true, name, email, locale };
      } else if (event.type === 'ContactPreferencesChanged') {
        byMail = event.data.channels.includes('email');
      } else if (event.type === 'SubjectKeyDestroyed') {
        contact = { reachable: false, why: 'erased' };
      }
    }
    return contact.reachable && !byMail ? { reachable: false, why: 'channel-off' } : contact;
  };
