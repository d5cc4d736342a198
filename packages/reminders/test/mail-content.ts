import { Instant, Zone } from '@probono/domain';
import type { MailContent, Notice, SessionFacts } from '../src/index.js';

/** A session in Paris. */
export const session = (n = 1, version = 1): SessionFacts => ({
  sessionId: `0190a000-0000-7000-8000-00000000000${n}`,
  version,
  cancelled: false,
  startsAt: Instant.parse('2026-03-19T13:00:00Z'),
  zone: Zone.parse('Europe/Paris'),
  minutes: 180,
  place: 'Maison des associations, 12e ; salle 3',
});

export const notice = (kind: string, more: Partial<Notice> = {}): Notice => ({
  reminderId: '7f6c1c1e-0000-5000-8000-000000000001',
  kind,
  role: 'agent',
  sessions: [session()],
  mission: 'Aide aux devoirs <élèves> & familles',
  ...more,
});

export const content = (notices: MailContent['notices'], more: Partial<MailContent> = {}): MailContent => ({
  to: { name: 'Julien Lefèvre', address: 'julien@example.org' },
  locale: 'fr',
  notices,
  messageId: '<rem-1.v1@programme.example>',
  from: { name: 'Mécénat de compétences', address: 'probono@programme.example' },
  at: Instant.parse('2026-03-02T09:00:00Z'),
  domain: 'programme.example',
  ...more,
});
