import { addDays, type Instant, instantsOf, type LocalDate, LocalTime, Zone } from '@probono/domain';

/** Where neither a site nor an organisation says another: the domain's own default. */
export const defaultZone: Zone = Zone.parse('Europe/Paris');

const earliest = ['00:00', '00:30', '01:00'].map((time) => LocalTime.parse(time));

/** The first instant of a day, or of the next one that the zone has: some clocks change at midnight, some skip a day. */
export const beginningOf = (date: LocalDate, zone: Zone): Instant => {
  for (const day of [date, addDays(date, 1)]) {
    for (const time of earliest) {
      const [first] = instantsOf(day, time, zone);
      if (first !== undefined) return first;
    }
  }
  throw new RangeError(`${date} has no beginning in ${zone}`);
};
