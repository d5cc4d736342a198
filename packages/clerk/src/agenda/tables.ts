import type { ConventionState, Instant, LocalDate, ReviewKind, Zone } from '@probono/domain';
import type { Row, Rows, Table } from '@probono/read-models';

/** What is kept of a convention: all of its state, so that the domain's own queries say what is in force when. */
export type ConventionRow = {
  readonly convention_id: string;
  /** The parties, by the newest text. */
  readonly host_id: string | null;
  readonly home_id: string | null;
  readonly state: ConventionState;
  /** When each of the state's suspensions was recorded, in their order. */
  readonly suspended_at: readonly Instant[];
  readonly reviews: readonly AskedReview[];
};

/** A review that was asked for, by whomever. */
export type AskedReview = { readonly reviewId: string; readonly kind: ReviewKind };

/** The secondment as it stands in the person's stream; `times`: how often it was recorded. */
export type SecondmentRow = {
  readonly convention_id: string;
  readonly person_id: string;
  readonly from_on: LocalDate;
  readonly to_on: LocalDate;
  readonly times: number;
};

export type MissionRow = {
  readonly mission_id: string;
  readonly zone: Zone;
  readonly cancelled_on: LocalDate | null;
  readonly cancelled_at: Instant | null;
};

/** An employment that ends, or has ended: its last day. */
export type LeavingRow = { readonly employment_id: string; readonly last_on: LocalDate };

export type OrganisationRow = { readonly organisation_id: string; readonly zone: Zone };

/** The last turn of a host's accreditation by one administration. */
export type AccreditationRow = {
  readonly host_id: string;
  readonly administration_id: string;
  readonly status: 'accredited' | 'suspended' | 'withdrawn' | 'refused';
  readonly from_on: LocalDate;
  readonly until_on: LocalDate | null;
  readonly lapse_recorded: boolean;
};

/** An assignment, with what of its mission and its employment bears upon its end. */
export type AssignmentRow = {
  readonly assignment_id: string;
  readonly person_id: string;
  readonly mission_id: string;
  /** None on leave and for volunteers. */
  readonly convention_id: string | null;
  readonly employment_id: string | null;
  readonly from_on: LocalDate;
  readonly to_on: LocalDate;
  readonly zone: Zone;
  readonly employed_until: LocalDate | null;
  readonly mission_cancelled_on: LocalDate | null;
  readonly mission_cancelled_at: Instant | null;
  /** The day on which it was first seen that the convention will never be in force for the agent. */
  readonly void_on: LocalDate | null;
  readonly ended_on: LocalDate | null;
  readonly ended_at: Instant | null;
};

export type SessionRow = {
  readonly assignment_id: string;
  readonly session_id: string;
  readonly convention_id: string | null;
  readonly version: number;
  readonly date: LocalDate;
  readonly starts_at: Instant;
  readonly status: 'planned' | 'held' | 'missed' | 'cancelled';
  /** Cancelled by the system: what the system may reinstate. */
  readonly by_system: boolean;
};

/** What an assignment, or one to be, holds of what is scarce: of a mission, a convention or a person. */
export type HoldingRow = {
  readonly assignment_id: string;
  readonly kind: 'seat' | 'hours' | 'quota';
  readonly subject_id: string;
  readonly taken_at: Instant;
};

/** A command to be given once it is due; gone as soon as the log says that it is no longer called for. */
export type TaskRow = {
  /** Also the id of the command. */
  readonly task_id: string;
  /** The thing whose tasks are derived together. */
  readonly scope: string;
  readonly convention_id: string | null;
  readonly command: string;
  readonly data: { readonly [field: string]: unknown };
  readonly due_at: Instant;
  /** From when on it would come too late. */
  readonly moot_at: Instant | null;
  /** Order among tasks that fall due together: first what became of a thing, then what follows. */
  readonly turn: number;
  readonly effective_on: LocalDate | null;
  readonly tenant_id: string;
  readonly caused_by: string;
  readonly correlation_id: string;
};

const tables = {
  conventions: {
    name: 'conventions',
    key: ['convention_id'],
    columns: {
      convention_id: 'text',
      host_id: 'text',
      home_id: 'text',
      state: 'jsonb',
      suspended_at: 'jsonb',
      reviews: 'jsonb',
    },
    indexes: [['host_id']],
  },
  secondments: {
    name: 'secondments',
    key: ['convention_id', 'person_id'],
    columns: { convention_id: 'text', person_id: 'text', from_on: 'date', to_on: 'date', times: 'integer' },
  },
  missions: {
    name: 'missions',
    key: ['mission_id'],
    columns: { mission_id: 'text', zone: 'text', cancelled_on: 'date', cancelled_at: 'timestamptz' },
  },
  leavings: {
    name: 'leavings',
    key: ['employment_id'],
    columns: { employment_id: 'text', last_on: 'date' },
  },
  organisations: {
    name: 'organisations',
    key: ['organisation_id'],
    columns: { organisation_id: 'text', zone: 'text' },
  },
  accreditations: {
    name: 'accreditations',
    key: ['host_id', 'administration_id'],
    columns: {
      host_id: 'text',
      administration_id: 'text',
      status: 'text',
      from_on: 'date',
      until_on: 'date',
      lapse_recorded: 'boolean',
    },
  },
  assignments: {
    name: 'assignments',
    key: ['assignment_id'],
    columns: {
      assignment_id: 'text',
      person_id: 'text',
      mission_id: 'text',
      convention_id: 'text',
      employment_id: 'text',
      from_on: 'date',
      to_on: 'date',
      zone: 'text',
      employed_until: 'date',
      mission_cancelled_on: 'date',
      mission_cancelled_at: 'timestamptz',
      void_on: 'date',
      ended_on: 'date',
      ended_at: 'timestamptz',
    },
    indexes: [['convention_id'], ['mission_id'], ['employment_id']],
  },
  sessions: {
    name: 'sessions',
    key: ['assignment_id', 'session_id'],
    columns: {
      assignment_id: 'text',
      session_id: 'text',
      convention_id: 'text',
      version: 'integer',
      date: 'date',
      starts_at: 'timestamptz',
      status: 'text',
      by_system: 'boolean',
    },
    indexes: [['convention_id']],
  },
  holdings: {
    name: 'holdings',
    key: ['assignment_id', 'kind'],
    columns: { assignment_id: 'text', kind: 'text', subject_id: 'text', taken_at: 'timestamptz' },
    indexes: [['subject_id']],
  },
  tasks: {
    name: 'tasks',
    key: ['task_id'],
    columns: {
      task_id: 'text',
      scope: 'text',
      convention_id: 'text',
      command: 'text',
      data: 'jsonb',
      due_at: 'timestamptz',
      moot_at: 'timestamptz',
      turn: 'integer',
      effective_on: 'date',
      tenant_id: 'text',
      caused_by: 'text',
      correlation_id: 'text',
    },
    indexes: [['scope'], ['convention_id'], ['due_at']],
  },
} as const satisfies Record<string, Table>;

/** Every table of the agenda. */
export const agendaTables: readonly Table[] = Object.values(tables);

/** One table, its rows typed. */
export interface TableOf<R> {
  get(...key: readonly string[]): R | undefined;
  where(column: keyof R & string, value: string): readonly R[];
  put(row: R): void;
  delete(...key: readonly string[]): void;
}

const tableOf = <R>(rows: Rows, { name }: Table): TableOf<R> => ({
  // The casts hold because a table's rows are written by `put` alone, which takes an R, and hold JSON as they were given.
  get: (...key) => rows.get(name, ...key) as R | undefined,
  where: (column, value) => rows.where(name, column, value) as readonly R[],
  put: (row) => rows.put(name, row as Row),
  delete: (...key) => rows.delete(name, ...key),
});

/** The tables of the agenda over the rows of a fold. */
export const agendaOver = (rows: Rows) => ({
  conventions: tableOf<ConventionRow>(rows, tables.conventions),
  secondments: tableOf<SecondmentRow>(rows, tables.secondments),
  missions: tableOf<MissionRow>(rows, tables.missions),
  leavings: tableOf<LeavingRow>(rows, tables.leavings),
  organisations: tableOf<OrganisationRow>(rows, tables.organisations),
  accreditations: tableOf<AccreditationRow>(rows, tables.accreditations),
  assignments: tableOf<AssignmentRow>(rows, tables.assignments),
  sessions: tableOf<SessionRow>(rows, tables.sessions),
  holdings: tableOf<HoldingRow>(rows, tables.holdings),
  tasks: tableOf<TaskRow>(rows, tables.tasks),
});

export type Agenda = ReturnType<typeof agendaOver>;
