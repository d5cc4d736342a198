import type { PersonId } from '../kernel/identifiers.js';
import type { LocalDate } from '../time/types.js';
import type { CompatibilityOutcome, NoticeWaiver, Signatory } from './events.js';
import type { ConventionTerms, Party, RequiredSteps } from './terms.js';

/** A signature that stands for one party. */
export interface Signature {
  personId: string;
  capacity: string;
  on: LocalDate;
}

/** What froze a text. */
export interface Submission {
  docHash: string;
  signatories: readonly Signatory[];
  required: RequiredSteps;
  on: LocalDate;
}

/** One version of the convention's text with all that binds to it. */
export interface ConventionText {
  version: number;
  terms: ConventionTerms;
  /** The day an amended text replaces the one before; absent for the first text. */
  effectiveFrom?: LocalDate;
  submission?: Submission;
  communicated: Record<string, LocalDate>;
  /** Consents that stand, with the day they were given. */
  consents: Record<string, LocalDate>;
  /** Consents withdrawn while in force: the day; the notice that came with it rules. */
  withdrawals: Record<string, LocalDate>;
  compatibility: Record<string, CompatibilityOutcome>;
  signatures: { [P in Party]?: Signature };
  /** The day of the last signature that was needed. */
  signedOn?: LocalDate;
}

/** An order that puts an agent at the host's disposal; `on` is the day it was issued. */
export interface SecondmentOrder {
  number: string;
  from: LocalDate;
  to: LocalDate;
  on: LocalDate;
}

/** A span of suspended days; `resumedOn` is the first day in force again. */
export interface Suspension {
  from: LocalDate;
  to?: LocalDate;
  resumedOn?: LocalDate;
}

/** A notice of termination; a withdrawn one is kept so that withdrawing it again is "already so". */
export interface Notice {
  by: Party | 'agent';
  givenBy: string;
  givenOn: LocalDate;
  endsOn: LocalDate;
  waiver?: NoticeWaiver;
  withdrawn: boolean;
}

/** Minutes of the pool that an assignment holds. */
export interface Allotment {
  personId: PersonId;
  minutes: number;
}

/** A convention: the texts that were signed, the one on the table, and what became of its force. */
export interface ConventionState {
  /** The terms of the newest signed text, or of the draft while none is signed. */
  terms?: ConventionTerms;
  /** The highest version that was ever written; the next one is higher. */
  lastVersion: number;
  /** The text that is being prepared or signed: the first one, or an amendment. */
  pending?: ConventionText;
  /** The last refusal to sign, until the text is submitted again. */
  declined?: { party: Party; version: number };
  /** Signed texts, oldest first. */
  texts: ConventionText[];
  assemblyInformedOn?: LocalDate;
  orders: Record<string, SecondmentOrder[]>;
  /** The clerk's notes, by person. */
  entered: Record<string, LocalDate>;
  suspensions: Suspension[];
  /** By person, or `whole`. */
  notices: Record<string, Notice>;
  /** The clerk's notes of the last day, by person, or `whole`. */
  terminated: Record<string, LocalDate>;
  expiredOn?: LocalDate;
  closed: boolean;
  reviewId?: string;
  /** By assignment. */
  allotments: Record<string, Allotment>;
  allottedMinutes: number;
}

/** Under which key the state keeps what concerns one agent, or all. */
export const scopeOf = (personId: string | undefined): string => personId ?? 'whole';

export const initialConvention = (): ConventionState => ({
  lastVersion: 0,
  texts: [],
  orders: {},
  entered: {},
  suspensions: [],
  notices: {},
  terminated: {},
  closed: false,
  allotments: {},
  allottedMinutes: 0,
});

/** A text that nobody has agreed to yet. */
export const freshText = (version: number, terms: ConventionTerms, effectiveFrom?: LocalDate): ConventionText => ({
  version,
  terms,
  ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
  communicated: {},
  consents: {},
  withdrawals: {},
  compatibility: {},
  signatures: {},
});
