import { type Gauge, gaugesText } from '@probono/queue';
import type { ProBono } from './pro-bono.js';

/** What matters for alerts, in Prometheus' text format: how far read models are behind, and reminders overdue. */
export const metricsOf = async ({ readModels, workers }: ProBono): Promise<string> => {
  const statuses = await readModels.status();
  const { due, parked, oldestDueAt } = await workers.reminders.status();
  const each = (name: string, help: string, figure: (status: (typeof statuses)[number]) => number): Gauge => ({
    name,
    help,
    samples: statuses.map((status) => ({
      labels: { projection: status.name, generation: String(status.generation) },
      value: figure(status),
    })),
  });
  return gaugesText([
    each('probono_projection_lag_events', 'Events not yet in the rows, counted up to 1000.', (s) => s.lagEvents),
    each('probono_projection_lag_seconds', 'Age of the first event not yet in the rows.', (s) => s.lagSeconds),
    each('probono_projection_parked_events', 'Events that wait behind one that failed.', (s) => s.parked),
    {
      name: 'probono_projection_state',
      help: '1 for the state that each generation is in: booting, live, paused, failed or retired.',
      samples: statuses.map(({ name, generation, state }) => ({
        labels: { projection: name, generation: String(generation), state },
        value: 1,
      })),
    },
    each('probono_projection_failed', '1 when an event has stopped the projection.', (s) =>
      s.state === 'failed' ? 1 : 0,
    ),
    { name: 'probono_reminders_due', help: 'Reminders due and not sent.', samples: [{ value: due }] },
    {
      name: 'probono_reminders_oldest_due_timestamp_seconds',
      help: 'Since when the oldest reminder not sent has been due, in Unix time; 0 when none is.',
      samples: [{ value: oldestDueAt === undefined ? 0 : Date.parse(oldestDueAt) / 1000 }],
    },
    { name: 'probono_reminders_parked', help: 'Reminders that wait for a person.', samples: [{ value: parked }] },
  ]);
};
