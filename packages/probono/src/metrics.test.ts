import { expect, test } from '@jest/globals';
import { configurationFrom } from './configuration.js';
import { metricsOf } from './metrics.js';
import { openProBono } from './pro-bono.js';

test('the metrics say how far each generation is and in which state, and since when a reminder has been due', async () => {
  const settings = { PROBONO_STORE: 'memory:', PROBONO_MAIL: 'file:mail', PROBONO_LOG_LEVEL: 'silent' };
  const proBono = await openProBono(configurationFrom(settings));
  try {
    await proBono.readModels.advance('hours');
    await proBono.readModels.pause('missions');
    const lines = (await metricsOf(proBono)).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'probono_projection_state{projection="hours",generation="1",state="live"} 1',
        'probono_projection_state{projection="missions",generation="1",state="paused"} 1',
        'probono_projection_state{projection="conventions",generation="1",state="booting"} 1',
        'probono_projection_lag_events{projection="hours",generation="1"} 0',
        'probono_reminders_due 0',
        'probono_reminders_oldest_due_timestamp_seconds 0',
      ]),
    );
    for (const line of lines) expect(line).toMatch(/^(|# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[^{}]+\})? [0-9.]+)$/);
  } finally {
    await proBono.close();
  }
});
