import { idOf, type PersonalField } from '@probono/domain';

/** A place in one event where a personal value stands. */
export interface PersonalPlace {
  /** `reason`, or `data.agents.1.name`. */
  readonly field: string;
  readonly subject: string;
  readonly value: unknown;
  /** Puts another value in its place. */
  put(value: unknown): void;
}

/** What a place is found in: the event as it stands in the body, whose objects the caller owns. */
export interface PersonalHolder {
  readonly type: string;
  readonly stream: string;
  readonly actor: { readonly id: string };
  readonly data: unknown;
  reason?: unknown;
  justification?: unknown;
}

const systemActor = /^system(:|$)/;

/** Finds the personal values of an event; absent ones and nulls are no values. */
export const personalPlaces = (event: PersonalHolder, fields: readonly PersonalField[]): readonly PersonalPlace[] => {
  const places: PersonalPlace[] = [];
  for (const name of ['reason', 'justification'] as const) {
    const value = event[name];
    if (value === undefined) continue;
    const put = (other: unknown): void => {
      event[name] = other;
    };
    places.push({ field: name, subject: actorOf(event, name), value, put });
  }
  for (const { path, subject } of fields) {
    if (path.length === 0)
      throw new Error(`${event.type}: an event's data as a whole cannot be personal; mark its fields`);
    collect(event.data, path, [], (keys, value, put) => {
      places.push({ field: ['data', ...keys].join('.'), subject: subjectOf(event, subject, keys, path), value, put });
    });
  }
  return places;
};

type Found = (keys: readonly string[], value: unknown, put: (value: unknown) => void) => void;

const isHolder = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const collect = (holder: unknown, path: readonly string[], keys: readonly string[], found: Found): void => {
  const [step, ...rest] = path;
  if (step === undefined || !isHolder(holder)) return;
  for (const key of step === '*' ? Object.keys(holder) : [step]) {
    const value = Object.hasOwn(holder, key) ? holder[key] : undefined;
    if (value === undefined || value === null) continue;
    if (rest.length > 0) collect(value, rest, [...keys, key], found);
    else found([...keys, key], value, (other) => (holder[key] = other));
  }
};

const actorOf = (event: PersonalHolder, field: string): string => {
  if (systemActor.test(event.actor.id)) {
    throw new Error(`${event.type}.${field}: ${event.actor.id} is no person and writes no free text; leave it out`);
  }
  return event.actor.id;
};

const subjectOf = (
  event: PersonalHolder,
  subject: string,
  keys: readonly string[],
  path: readonly string[],
): string => {
  if (subject === '@actor') return actorOf(event, keys.join('.'));
  if (subject === '@stream') return idOf(event.stream);
  let at: unknown = event.data;
  // A `*` in the subject's path stands for the same element as in the field's own.
  for (const [index, step] of subject.split('.').entries()) {
    const key = step === '*' && path[index] === '*' ? keys[index] : step;
    at = isHolder(at) && key !== undefined && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  if (typeof at === 'string' && at.length > 0) return at;
  throw new Error(`${event.type}: data.${subject} must name the person that data.${keys.join('.')} speaks of`);
};
