import * as z from 'zod';
import type { Message, Severity } from '../kernel/rule.js';
import type { OrganisationKind } from '../organisation/events.js';
import type { LocalDate } from '../time/types.js';

/** The name of a legal framework; which ones exist is said by the table, not by this type. */
export const FrameworkId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40)
  .brand<'FrameworkId'>();
export type FrameworkId = z.output<typeof FrameworkId>;

/** What a framework may ask a convention's text to hold. */
export const Clause = z.enum([
  'activities',
  'duration',
  'conditions',
  'renewal_and_early_end',
  'recall_of_ethics_articles',
  'subsidy_items',
  /** The public-service mission with which the host is entrusted. */
  'public_service_mission',
]);
export type Clause = z.output<typeof Clause>;

/** How sure we are that a row says what the law says. */
export type Certainty = 'established' | 'probable' | 'unconfirmed';

/** A value of the table, with where it comes from and how sure that is. */
export interface Column<T> {
  readonly value: T;
  readonly source: string;
  readonly certainty: Certainty;
}

/** The days on which a row holds; an absent end has no bound. */
export interface Validity {
  readonly from?: LocalDate;
  readonly until?: LocalDate;
}

/** A row of a column: with its own source and certainty, or those of the column. */
export interface Row extends Validity {
  readonly source?: string;
  readonly certainty?: Certainty;
}

/** A home administration that a framework admits. */
export interface HomeRow extends Row {
  readonly kind: OrganisationKind;
  /** Strictly more inhabitants than this. */
  readonly moreInhabitantsThan?: number;
  readonly ownTaxation?: true;
}

/** A host organisation that a framework admits. */
export interface HostRow extends Row {
  readonly kind: OrganisationKind;
  /**
   * Admitted when it is of public utility, when evidence of CGI art. 238 bis 1 a was filed, or when the text names the
   * public-service mission that it is entrusted with; any one is enough.
   */
  readonly by?: readonly ('public_utility' | 'category_238bis' | 'public_service_mission')[];
}

/**
 * Whom a framework admits: a status, a branch, or anyone where neither is named. `severity` is what becomes of one
 * who is only doubtfully admitted.
 */
export interface AgentRow extends Row {
  readonly status?: 'tenured' | 'contract';
  readonly branch?: 'state' | 'territorial' | 'hospital';
  readonly severity?: Exclude<Severity, 'refuse'>;
}

/** The longest time allowed, in months; from `from` to addMonths(from, n) − 1 day. */
export interface Longest {
  readonly months: number;
  readonly severity: Severity;
}

/** What a leave for an office in an association may amount to, in a calendar year. */
export interface LeaveRow extends Row {
  /** Working days, over all employments. */
  readonly days: number;
  /** How often in a year. */
  readonly spells: number;
  /** How long the association must have been declared on the first day. */
  readonly hostDeclaredMonths: number;
  /** Whether the agent must hold a leading or supervisory office there. */
  readonly office: boolean;
}

/** What a framework asks for before a convention binds. */
export interface Requirements {
  readonly consent: Column<boolean>;
  readonly communication: Column<boolean>;
  readonly compatibility: Column<boolean>;
  /** Home administrations whose assembly must be informed before the order. */
  readonly assembly: Column<readonly OrganisationKind[]>;
  readonly order: Column<boolean>;
  /** Hosts that must have subscribed to the republican commitment, and when. */
  readonly commitment: Column<{
    readonly when: 'never' | 'free' | 'always';
    readonly kinds: readonly OrganisationKind[];
  }>;
  readonly clauses: Column<{ readonly always: readonly Clause[]; readonly whenFree: readonly Clause[] }>;
  /** A final review before the convention is closed. */
  readonly finalReview: Column<boolean>;
}

/** One legal framework in one version: data that the rules read; no rule branches on its id. */
export interface Framework {
  readonly id: FrameworkId;
  /** Counts from 1; a convention keeps the version that its text was written under. */
  readonly version: number;
  readonly title: Message;
  readonly inForce: Column<Validity>;
  /** Whose time is given. Only working time is lent, and so only it takes a convention. */
  readonly time: Column<'working_time' | 'unpaid_leave' | 'own_time'>;
  readonly homes: Column<readonly HomeRow[]>;
  readonly hosts: Column<readonly HostRow[]>;
  readonly agents: Column<readonly AgentRow[]>;
  /** Whether the host needs the home administration's accreditation. */
  readonly accreditation: Column<boolean>;
  readonly longest: Column<{ readonly period?: Longest; readonly total?: Longest }>;
  readonly money: Column<{
    /** `stated`: the text must say it; `due`: and it may not be free. */
    readonly reimbursement: 'unstated' | 'stated' | 'due';
    /** What becomes of a free text where reimbursement is due: refused, unless the law knows exemptions. */
    readonly whenFree?: Severity;
    /** Above this value a year, per host and authority, a subsidy convention is due; euro cents. */
    readonly subsidyConventionAboveCents?: number;
  }>;
  /** What missions of general support (no particular skill) ask for. */
  readonly generalSupport: Column<'allowed' | Severity>;
  /** What a leave may amount to, row after row in time; empty where the framework grants none. */
  readonly leave: Column<readonly LeaveRow[]>;
  readonly requires: Requirements;
}
