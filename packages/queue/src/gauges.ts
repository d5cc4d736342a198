import type { QueueHealth } from './queue.js';

/** One measured quantity. */
export interface Gauge {
  /** Prometheus name with its unit, for example `probono_projection_lag_events`. */
  readonly name: string;
  readonly help: string;
  readonly samples: readonly GaugeSample[];
}

/** One value of a gauge; its labels say of what. No personal data in either. */
export interface GaugeSample {
  readonly labels?: Readonly<Record<string, string>>;
  /** In the unit that the gauge's name says. */
  readonly value: number;
}

/**
 * Gauges in Prometheus' text format (version 0.0.4).
 *
 * @example
 * ```ts
 * gaugesText([{ name: 'probono_reminders_due', help: 'Reminders due and not sent.', samples: [{ value: 3 }] }]);
 * ```
 */
export function gaugesText(gauges: readonly Gauge[]): string {
  return gauges
    .flatMap(({ name, help, samples }) => [
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} gauge`,
      ...samples.map(({ labels, value }) => `${name}${labelsText(labels)} ${numberText(value)}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

/** What a queue says of itself, as gauges. */
export function queueGauges(health: QueueHealth): readonly Gauge[] {
  const perLoop = (name: string, help: string, value: (loop: LoopOf) => number): Gauge => ({
    name,
    help,
    samples: [...health.loops].map(([topic, loop]) => ({ labels: { topic }, value: value(loop) })),
  });
  return [
    {
      name: 'probono_queue_reachable',
      help: '1 when the backend of the wake-ups answers; at 0 work goes on by ticks.',
      samples: [{ labels: { backend: health.backend }, value: health.reachable ? 1 : 0 }],
    },
    {
      name: 'probono_queue_rings',
      help: 'Wake-ups handed to the backend or dropped, since the start.',
      samples: [
        { labels: { outcome: 'sent' }, value: health.rings.sent },
        { labels: { outcome: 'dropped' }, value: health.rings.dropped },
      ],
    },
    perLoop('probono_loop_running', '1 while a run is under way.', (loop) => (loop.running ? 1 : 0)),
    perLoop('probono_loop_runs', 'Runs that returned, since the start.', (loop) => loop.runs),
    perLoop('probono_loop_failures_in_row', 'Runs that threw since the last that returned.', (l) => l.failuresInRow),
    perLoop('probono_loop_last_done_seconds', 'When a run last returned, in Unix time; 0 before.', (loop) =>
      loop.lastDoneAt === undefined ? 0 : loop.lastDoneAt.getTime() / 1000,
    ),
  ];
}

type LoopOf = QueueHealth['loops'] extends ReadonlyMap<string, infer Loop> ? Loop : never;

function labelsText(labels: GaugeSample['labels']): string {
  const pairs = Object.entries(labels ?? {}).map(
    ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
