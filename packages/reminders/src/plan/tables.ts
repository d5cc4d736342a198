import type { HolidayCalendar, Instant, LocalDate, LocalTime, Zone } from '@probono/domain';
import type { Rows, Table } from '@probono/read-models';

/** What a reminder speaks of. */
export type SubjectKind = 'session' | 'series' | 'entry' | 'convention' | 'accreditation' | 'month';

// Rows are type aliases: unlike interfaces they can be given to what takes any row.

/** What a mail says beyond the session it speaks of: dates, hours and places, never a person. */
export type Detail = {
  /** Where a moved session was before. */
  readonly from?: { readonly startsAt: Instant; readonly zone: Zone; readonly minutes: number; readonly place: string };
  /** The day that something ends, or must be done by. */
  readonly on?: LocalDate;
  /** The month to close. */
  readonly month?: string;
};

/** A reminder: who is to be told what, and when. */
export type DueRow = {
  readonly id: string;
  readonly kind: string;
  readonly role: 'agent' | 'tutor' | 'officer';
  /** None for the officers, who are set where reminders are sent. */
  readonly person_id: string | null;
  readonly subject_kind: SubjectKind;
  readonly subject_id: string;
  readonly session_id: string | null;
  readonly version: number;
  readonly mission_id: string | null;
  readonly due_at: Instant;
  /** From when it has no sense any more: the session has begun. */
  readonly moot_from: Instant | null;
  /** Goes out of hours: the session comes before the next sending hours. */
  readonly urgent: boolean;
  readonly zone: Zone;
  readonly calendar: HolidayCalendar;
  readonly detail: Detail;
};

export type SessionRow = {
  readonly session_id: string;
  readonly assignment_id: string;
  readonly series_id: string | null;
  readonly version: number;
  readonly status: 'planned' | 'held' | 'missed' | 'cancelled';
  readonly date: LocalDate;
  readonly zone: Zone;
  readonly starts_at: Instant;
  readonly minutes: number;
  readonly place: string;
};

export type SeriesRow = {
  readonly series_id: string;
  readonly calendar: HolidayCalendar;
};

export type AssignmentRow = {
  readonly assignment_id: string;
  readonly person_id: string;
  readonly mission_id: string;
  /** None on leave and for volunteers, who declare no hours. */
  readonly convention_id: string | null;
};

export type MissionRow = {
  readonly mission_id: string;
  readonly host_id: string;
  readonly title: string;
  readonly zone: Zone;
  readonly calendar: HolidayCalendar;
};

/** `mission_id` is empty for a tutor of all of the host's missions. */
export type TutorRow = {
  readonly host_id: string;
  readonly mission_id: string;
  readonly person_id: string;
};

export type PersonRow = {
  readonly person_id: string;
  readonly zone: Zone;
  readonly quiet_from: LocalTime | null;
  readonly quiet_to: LocalTime | null;
  /** The person's own choice; none: the policy's. */
  readonly before: readonly string[] | null;
};

export type EntryRow = {
  readonly entry_id: string;
  readonly assignment_id: string;
  readonly session_id: string | null;
  readonly work_date: LocalDate;
  readonly zone: Zone;
  readonly status: 'declared' | 'settled' | 'withdrawn';
  /** Counts how often the tutor is asked anew, since the figure was changed after they had answered. */
  readonly round: number;
};

/** The terms that a convention's dates come from. */
export type ConventionDates = {
  readonly to: LocalDate;
  readonly noticeDays: number;
  readonly zone: Zone;
  readonly calendar: HolidayCalendar;
};

export type ConventionRow = {
  readonly convention_id: string;
  readonly framework: string;
  /** By version: texts that are not signed yet. */
  readonly texts: Readonly<Record<string, ConventionDates>>;
  /** The text that rules; none before the signatures. */
  readonly signed: ConventionDates | null;
  /** Notices that run: the last day in force, by person or `whole`. */
  readonly notices: Readonly<Record<string, LocalDate>>;
};

export type PeriodRow = {
  readonly employment_id: string;
  readonly month: string;
  readonly closed: boolean;
};

/** The tables of the plan; only `due` is claimed from, the others are what it is worked out from. */
export const planTables = {
  due: {
    name: 'due',
    key: ['id'],
    columns: {
      id: 'text',
      kind: 'text',
      role: 'text',
      person_id: 'text',
      subject_kind: 'text',
      subject_id: 'text',
      session_id: 'text',
      version: 'integer',
      mission_id: 'text',
      due_at: 'timestamptz',
      moot_from: 'timestamptz',
      urgent: 'boolean',
      zone: 'text',
      calendar: 'text',
      detail: 'jsonb',
      // Of the command that first called for it.
      correlation_id: 'text',
    },
    indexes: [['subject_id'], ['due_at'], ['person_id', 'due_at']],
  },
  sessions: {
    name: 'sessions',
    key: ['session_id'],
    columns: {
      session_id: 'text',
      assignment_id: 'text',
      series_id: 'text',
      version: 'integer',
      status: 'text',
      date: 'date',
      zone: 'text',
      starts_at: 'timestamptz',
      minutes: 'integer',
      place: 'text',
    },
    indexes: [['assignment_id'], ['series_id']],
  },
  series: { name: 'series', key: ['series_id'], columns: { series_id: 'text', calendar: 'text' } },
  assignments: {
    name: 'assignments',
    key: ['assignment_id'],
    columns: { assignment_id: 'text', person_id: 'text', mission_id: 'text', convention_id: 'text' },
    indexes: [['person_id'], ['mission_id']],
  },
  missions: {
    name: 'missions',
    key: ['mission_id'],
    columns: { mission_id: 'text', host_id: 'text', title: 'text', zone: 'text', calendar: 'text' },
    indexes: [['host_id']],
  },
  tutors: {
    name: 'tutors',
    key: ['host_id', 'mission_id', 'person_id'],
    columns: { host_id: 'text', mission_id: 'text', person_id: 'text' },
    indexes: [['person_id']],
  },
  people: {
    name: 'people',
    key: ['person_id'],
    columns: { person_id: 'text', zone: 'text', quiet_from: 'text', quiet_to: 'text', before: 'jsonb' },
  },
  entries: {
    name: 'entries',
    key: ['entry_id'],
    columns: {
      entry_id: 'text',
      assignment_id: 'text',
      session_id: 'text',
      work_date: 'date',
      zone: 'text',
      status: 'text',
      round: 'integer',
    },
    indexes: [['assignment_id']],
  },
  conventions: {
    name: 'conventions',
    key: ['convention_id'],
    columns: { convention_id: 'text', framework: 'text', texts: 'jsonb', signed: 'jsonb', notices: 'jsonb' },
  },
  periods: {
    name: 'periods',
    key: ['employment_id', 'month'],
    columns: { employment_id: 'text', month: 'text', closed: 'boolean' },
    indexes: [['month']],
  },
} as const satisfies Record<string, Table>;

interface PlanRows {
  due: DueRow;
  sessions: SessionRow;
  series: SeriesRow;
  assignments: AssignmentRow;
  missions: MissionRow;
  tutors: TutorRow;
  people: PersonRow;
  entries: EntryRow;
  conventions: ConventionRow;
  periods: PeriodRow;
}

/** One table of the plan, its rows typed. */
export interface PlanTable<R> {
  get(...key: readonly string[]): R | undefined;
  where(column: keyof R & string, value: string): readonly R[];
  put(row: R): void;
  delete(...key: readonly string[]): void;
}

/** The plan as a fold sees it. */
export type Plan = { readonly [T in keyof PlanRows]: PlanTable<PlanRows[T]> };

const tableOf = <T extends keyof PlanRows>(rows: Rows, table: T): PlanTable<PlanRows[T]> => ({
  // The runner gives back what `put` was given, column by column, so a row read has the type of a row written.
  get: (...key) => rows.get(table, ...key) as PlanRows[T] | undefined,
  where: (column, value) => rows.where(table, column, value) as readonly PlanRows[T][],
  put: (row) => rows.put(table, row),
  delete: (...key) => rows.delete(table, ...key),
});

/** Types the rows that a fold is given, for an event of this correlation id. */
export const planOver = (rows: Rows, correlationId: string): Plan => ({
  due: {
    ...tableOf(rows, 'due'),
    put: (row) => rows.put('due', { ...row, correlation_id: rows.get('due', row.id)?.correlation_id ?? correlationId }),
  },
  sessions: tableOf(rows, 'sessions'),
  series: tableOf(rows, 'series'),
  assignments: tableOf(rows, 'assignments'),
  missions: tableOf(rows, 'missions'),
  tutors: tableOf(rows, 'tutors'),
  people: tableOf(rows, 'people'),
  entries: tableOf(rows, 'entries'),
  conventions: tableOf(rows, 'conventions'),
  periods: tableOf(rows, 'periods'),
});
