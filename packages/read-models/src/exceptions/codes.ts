/** Days after the day worked from which on a declaration of hours is late. */
export const LATE_HOURS_DAYS = 31;

/** How far the recorded time may lie from the store's own, in seconds: clocks differ, and appends are tried again. */
export const CLOCK_TOLERANCE_SECONDS = 300;

/**
 * What an auditor looks into, by stable codes: `what` it is, what its `subject` names, and which `facts` it has. An
 * exception is no fault: it is what the rules let pass, or could not see, and somebody should look at. It stays when
 * what it tells of is put right later: what was, was.
 */
export const exceptionCodes = {
  'stale-basis': {
    what: 'A decision rests on a stream that had moved on before its events were appended. Cannot happen where the store checks what a decision read in the same transaction.',
    subject: 'the stream that had moved on',
    facts: { seen: 'the revision that the decision read; −1 for none', actual: 'the revision when it was appended' },
  },
  'clock-off': {
    what: `The recorded time of an event lies more than ${CLOCK_TOLERANCE_SECONDS / 60} minutes from the store's own. Told once a stream, at its first such event: whoever looks into it sees both times of the others. Every stream of a demonstration has one, and of a log that was copied.`,
    subject: 'the stream',
    facts: { storedAt: "the store's own time", seconds: 'recorded less stored' },
  },
  'effective-before-recorded': {
    what: 'A fact was recorded after the day on which it took effect was over everywhere on earth.',
    subject: 'empty',
    facts: { days: 'from the day it took effect to the day (UTC) it was recorded' },
  },
  'late-hours': {
    what: `Hours were declared more than ${LATE_HOURS_DAYS} days after the day worked.`,
    subject: 'the entry',
    facts: { workDate: 'the day worked', days: 'from that day to the declaration, at the site' },
  },
  'two-roles': {
    what: 'A person acts in a role after having acted in another, somewhere in the programme.',
    subject: 'the person',
    facts: { role: 'the new role', before: 'the roles acted in before' },
  },
  'rule-overcome': {
    what: 'A rule was overcome by a written justification, which the event carries.',
    subject: 'the rule',
    facts: { '…': 'those of the finding, see the rules' },
  },
  'signed-after-change': {
    what: 'A party signed although, since the text was frozen, a consent was withdrawn, a compatibility found unfavourable, or the accreditation of the host was suspended, withdrawn or lapsed.',
    subject: 'the party',
    facts: { version: 'of the text', changes: 'the types of the events', events: 'their ids' },
  },
  'signed-another-text': {
    what: 'A signature names another version or another document than the text that was frozen.',
    subject: 'the party',
    facts: {
      version: 'signed',
      docHash: 'signed',
      frozenVersion: 'frozen; −1 when none was',
      frozenHash: 'frozen; empty when none was',
    },
  },
  'hours-in-suspension': {
    what: 'A suspension was recorded that reaches back over hours declared before.',
    subject: 'the entry',
    facts: {
      conventionId: 'the suspended convention',
      personId: 'the agent',
      dates: 'the days of the entry that are suspended',
      from: 'first suspended day',
      to: 'last suspended day; empty until resumed',
    },
  },
  'hours-after-end': {
    what: 'An end was recorded that lies before hours declared earlier: of the employment, of the assignment, or of the convention by notice.',
    subject: 'the entry',
    facts: {
      ends: '`employment`, `assignment` or `convention`',
      personId: 'the agent',
      dates: 'the days of the entry that lie behind the end',
      lastDay: 'the last day before the end',
    },
  },
} as const satisfies Record<
  string,
  { readonly what: string; readonly subject: string; readonly facts: Readonly<Record<string, string>> }
>;

/** A code of {@link exceptionCodes}. */
export type ExceptionCode = keyof typeof exceptionCodes;
