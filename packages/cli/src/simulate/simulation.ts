import { addDays, addMonths, LocalDate } from '@probono/domain';
import { beginCohort, type Partnership } from './cohort.js';
import { foundHome, foundHost, type Home, type Host, registerPerson } from './organisations.js';
import { openStage, type SimulatedCommand, utc } from './scene.js';

/** How large a world is simulated. */
export interface SimulationSize {
  /** Agents lent at a time. */
  readonly agents: number;
  readonly months: number;
  /** A non-negative integer; the same one gives the same commands, byte for byte. */
  readonly seed: number;
  /** The first day, ISO 8601; by default 12 January 2026. */
  readonly from?: string;
}

/** What stands between the beginning and the next convention of the same two parties. */
interface Seat {
  readonly size: number;
  readonly home: number;
  readonly host: number;
}

/** Conventions of 4 to 20 agents; an administration signs about four at a time, an association two. */
const seatsFor = (agents: number, below: (n: number) => number): readonly Seat[] => {
  const sizes: number[] = [];
  for (let left = agents; left > 0; ) {
    const size = Math.min(left, 4 + below(17));
    sizes.push(size);
    left -= size;
  }
  const [homes, hosts] = [Math.ceil(sizes.length / 4), Math.ceil(sizes.length / 2)];
  return sizes.map((size, i) => ({ size, home: i % homes, host: i % hosts }));
};

/** Gives what `make` gave first for that number. */
const once = <T>(make: (n: number) => T): ((n: number) => T) => {
  const made = new Map<number, T>();
  return (n) => {
    const known = made.get(n) ?? make(n);
    made.set(n, known);
    return known;
  };
};

/**
 * A world of public agents on missions, as a stream of commands in order of `at`. Conventions last six months and are
 * followed by others, so what is held in memory grows with `agents` and not with `months`. A few percent of the
 * commands are refused on purpose, and some are sent twice; `expected` says so.
 */
export function* simulation(size: SimulationSize): Generator<SimulatedCommand, void, undefined> {
  const from = LocalDate.parse(size.from ?? '2026-01-12');
  const stage = openStage(size.seed);
  const seats = seatsFor(size.agents, stage.random.below);
  stage.later(utc(from, '08:00'), () => {
    const first = stage.id();
    const officers = [registerPerson(stage, first, 'Europe/Paris', first)];
    while (officers.length < 2 + size.agents / 250) officers.push(registerPerson(stage, first, 'Europe/Paris'));
    const home = once<Home>((n) => foundHome(stage, first, n));
    const host = once<Host>((n) => foundHost(stage, first, n));
    // They do not all begin at once; in a short simulation the last ones begin early enough to be seen at work.
    const spread = Math.min(20, 7 * size.months);
    seats.forEach((seat, i) => {
      const officer = officers[i % officers.length] ?? first;
      const otherOfficer = officers[(i + 1) % officers.length] ?? first;
      const day = addDays(from, 1 + Math.floor((i * spread) / seats.length));
      stage.later(utc(day, '08:00'), () => {
        const parties: Partnership = {
          home: home(seat.home),
          host: host(seat.host),
          officer,
          otherOfficer,
          size: seat.size,
        };
        beginCohort(stage, parties, day);
      });
    });
  });
  yield* stage.play(utc(addMonths(from, size.months), '00:00'));
}
