import type { HolidayCalendar, LocalTime, Zone } from '@probono/domain';
import type { Lead } from './due.js';
import type { Hours } from './window.js';

/** What a framework may set otherwise. */
export interface SessionPolicy {
  /** Before a session, for agent and tutor; a person's own `remindersBefore` come first. */
  readonly before: readonly Lead[];
  /** Calendar days after the work that the tutor is asked to confirm. */
  readonly confirmAfterDays: number;
  /** Calendar days after the session that the agent is asked to declare. */
  readonly declareAfterDays: number;
}

/** Who is told what, when: data. A change needs a higher `version`, which makes the plan be built anew. */
export interface Policy extends SessionPolicy {
  readonly version: number;
  /** By the site's clocks. */
  readonly sendingHours: Hours;
  /** The hour of what is due on a day. */
  readonly dayHour: LocalTime;
  readonly frameworks: Readonly<Record<string, Partial<SessionPolicy>>>;
  /** Months before a convention ends that the officers are told. */
  readonly conventionEndMonths: readonly number[];
  readonly accreditationEndMonths: readonly number[];
  /** Days before the last day to give notice, and before a notice runs out. */
  readonly noticeLeadDays: number;
  /** The day of the next month on which the officers are told of months still open. */
  readonly periodCloseDay: number;
  /** Where the programme's office is: for what concerns no site. */
  readonly office: { readonly zone: Zone; readonly calendar: HolidayCalendar };
  /** More mails than this to one person in a day become one. */
  readonly mailsADay: number;
  /** After so many answers of "try later", a message waits for a person. */
  readonly attempts: number;
}

/** The defaults; none of them rests on a text of law. */
export const defaultPolicy: Policy = {
  version: 2,
  // Constants of the forms that these types have.
  sendingHours: { from: '08:00' as LocalTime, to: '19:00' as LocalTime },
  dayHour: '09:00' as LocalTime,
  before: ['J-7', 'J-1', 'H-2'],
  confirmAfterDays: 1,
  declareAfterDays: 2,
  frameworks: {},
  conventionEndMonths: [6, 3, 1],
  accreditationEndMonths: [3, 1],
  noticeLeadDays: 7,
  periodCloseDay: 5,
  office: { zone: 'Europe/Paris' as Zone, calendar: 'fr' },
  mailsADay: 3,
  attempts: 48,
};

/** What holds under one framework. */
export const sessionPolicyOf = (policy: Policy, framework: string | null | undefined): SessionPolicy => ({
  before: policy.before,
  confirmAfterDays: policy.confirmAfterDays,
  declareAfterDays: policy.declareAfterDays,
  ...(framework ? policy.frameworks[framework] : undefined),
});
