import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { configurationFrom, settingNames } from '../packages/probono/src/index.js';
import { composeFile } from './support/compose/compose-file.js';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const compose = composeFile(resolve(root, 'docker-compose.yml'));
const services = Object.entries(compose.services);
const profiles = ['server', 'cluster'] as const;
const inProfile = (profile: string) => services.filter(([, service]) => service.profiles.includes(profile));
const imageOf = (name: string): string => compose.services[name]?.image ?? '';

/** An exact version: three numbers, or a digest. */
const pinned = /(:v?\d+\.\d+\.\d+(-[-\w]+)?|:\d+\.\d+-\w+|@sha256:[0-9a-f]{64})$/;
const passwordLike = /(PASSWORD|SECRET|TOKEN)(?!.*_FILE$)/;

describe('docker-compose.yml', () => {
  test('has the workers and their servers in each profile', () => {
    const names = (profile: string) => inProfile(profile).map(([name]) => name);
    const shared = ['keys', 'mailpit', 'postgres', 'redis'];
    expect(names('server').sort()).toEqual([...shared, 'projector', 'reminder'].sort());
    expect(names('cluster').sort()).toEqual(
      [...shared, 'kurrentdb1', 'kurrentdb2', 'kurrentdb3', 'projector-cluster', 'reminder-cluster'].sort(),
    );
  });

  test('waits only for services of the same profile', () => {
    for (const [name, { depends_on = {}, profiles: own }] of services)
      for (const needed of Object.keys(depends_on))
        expect({ name, needed, own: compose.services[needed]?.profiles }).toEqual({
          name,
          needed,
          own: expect.arrayContaining(own),
        });
  });

  test('knows of every volume, network and secret that a service names', () => {
    for (const [, { volumes = [], networks, secrets = [] }] of services) {
      const own = volumes.flatMap((each) => (typeof each === 'string' ? [each.split(':')[0] ?? ''] : []));
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(own));
      expect(Object.keys(compose.networks)).toEqual(
        expect.arrayContaining(Array.isArray(networks) ? networks : Object.keys(networks)),
      );
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(secrets));
    }
    const used = services.flatMap(([, { volumes = [] }]) => volumes).map((each) => String(each).split(':')[0]);
    expect(Object.keys(compose.volumes).filter((volume) => !used.includes(volume))).toEqual([]);
  });

  test('keeps what the stores hold in named volumes', () => {
    for (const name of ['postgres', 'keys', 'redis', 'kurrentdb1', 'kurrentdb2', 'kurrentdb3'])
      expect(compose.services[name]?.volumes).toContainEqual(expect.stringMatching(new RegExp(`^${name}:/`)));
  });

  test('lets Redis forget nothing and write its log to disk', () => {
    expect(compose.services.redis?.command?.join(' ')).toMatch(
      /--appendonly yes --appendfsync everysec --maxmemory-policy noeviction/,
    );
  });

  test('has no secret in it: passwords come from files that git ignores', () => {
    const files = [
      ...Object.values(compose.secrets).map(({ file }) => file),
      ...services.flatMap(([, { env_file = [] }]) => env_file),
    ];
    expect(files.filter((file) => !file.startsWith('var/secrets/'))).toEqual([]);
    expect(read('.gitignore').split('\n')).toContain('var/');
    expect(read('docker-compose.yml')).not.toMatch(/:\/\/[^/\s'"]*:[^/\s'"]*@/);
    for (const [, { environment = {} }] of services)
      expect(Object.keys(environment).filter((name) => passwordLike.test(name))).toEqual([]);
  });
});

describe.each(services)('the service %s', (_, service) => {
  test('is an exact version', () => {
    expect(service.image).toMatch(pinned);
    expect(service.image).not.toMatch(/latest$/);
  });

  test('runs as somebody who is not root and can become nothing more', () => {
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
  });

  test('publishes on the loopback only', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  test('says whether it is well, unless it ends by itself', () => {
    expect(service.restart === 'no' || service.healthcheck !== undefined).toBe(true);
  });

  test('writes to its volumes and to memory only, where its image is known to bear it', () => {
    // KurrentDB and its certificates' tool were not tried with a read-only root.
    expect(service.read_only === true || /kurrentdb|gencert/.test(service.image)).toBe(true);
  });

  test('is given only settings that there are', () => {
    const given = Object.keys(service.environment ?? {}).filter((name) => name.startsWith('PROBONO_'));
    expect(given.filter((name) => !settingNames.includes(name))).toEqual([]);
  });
});

test('no two services of a profile publish the same port', () => {
  for (const profile of [...profiles, 'kurrentdb-dev']) {
    const ports = inProfile(profile).flatMap(([, service]) => (service.ports ?? []).map((port) => port.split(':')[1]));
    expect(new Set(ports).size).toBe(ports.length);
  }
});

const page = read('docs/operations/stores.md');
const secretFiles = [...page.matchAll(/^cat > var\/secrets\/(\S+) <<END\n([\s\S]*?)^END$/gm)].map(
  ([, name = '', text = '']) =>
    [
      name,
      Object.fromEntries(
        text
          .trim()
          .split('\n')
          .map((line) => line.split(/=(.*)/s)),
      ),
    ] as const,
);

describe('the env files that docs/operations/stores.md makes', () => {
  test('are those that the services read', () => {
    const wanted = new Set(services.flatMap(([, { env_file = [] }]) => env_file));
    expect(secretFiles.map(([name]) => `var/secrets/${name}`).sort()).toEqual([...wanted].sort());
  });

  test('hold only settings that there are, and no password of their own', () => {
    for (const [, settings] of secretFiles)
      for (const [name, value] of Object.entries(settings)) {
        if (name.startsWith('PROBONO_')) expect(settingNames).toContain(name);
        expect(value).toMatch(/\$\w+/);
      }
  });

  test('make a configuration that the workers of the server profile start with', () => {
    const own = Object.fromEntries(secretFiles)['server.env'];
    const configuration = configurationFrom({ ...compose.services.projector?.environment, ...own });
    expect(configuration).toMatchObject({
      store: expect.stringMatching(/@postgres:5432\/probono$/),
      keys: expect.stringMatching(/@keys:5432\/probono_keys$/),
      kekFile: '/run/secrets/kek',
      queue: 'redis://redis:6379',
      healthPort: 9464,
    });
  });
});

describe('the cluster profile', () => {
  test('has a configuration that its workers start with', () => {
    const settings = {
      ...compose.services['projector-cluster']?.environment,
      ...Object.fromEntries(secretFiles)['cluster.env'],
    };
    expect(configurationFrom(settings)).toMatchObject({
      store: expect.stringMatching(/^esdb:.*tlsCAFile=\/certs\/ca\.crt/),
      readModels: expect.stringMatching(/@postgres:5432\/probono$/),
      keys: expect.stringMatching(/@keys:5432\/probono_keys$/),
    });
  });

  test('gives each node its own address, certificate and place in the gossip', () => {
    const nodes = inProfile('cluster').filter(([name]) => name.startsWith('kurrentdb'));
    const addresses = nodes.map(([, { environment }]) => environment?.KURRENTDB_REPLICATION_IP);
    expect(new Set(addresses).size).toBe(3);
    for (const [name, { environment, networks, volumes }] of nodes) {
      const own = environment?.KURRENTDB_REPLICATION_IP;
      expect(networks).toEqual({ probono: { ipv4_address: own } });
      expect(environment?.KURRENTDB_ADVERTISE_HOST_TO_CLIENT_AS).toBe(name);
      const others = addresses.filter((address) => address !== own).map((address) => `${address}:2113`);
      expect(environment?.KURRENTDB_GOSSIP_SEED).toBe(others.join(','));
      expect(volumes).toContainEqual(
        expect.objectContaining({ source: `./var/certificates/${name.replace('kurrentdb', 'node')}` }),
      );
    }
  });
});

describe.each(['projector', 'reminder'])('services/%s/Dockerfile', (name) => {
  const lines = read(`services/${name}/Dockerfile`).split('\n');
  const stages = lines.filter((line) => line.startsWith('FROM '));

  test('is what the compose file builds', () => {
    const built = services.filter(([, { image }]) => image === imageOf(name));
    expect(built.map(([, { build }]) => build?.dockerfile)).toEqual([1, 2].map(() => `services/${name}/Dockerfile`));
  });

  test('builds in one stage and runs in another, both of an exact version', () => {
    expect(stages).toHaveLength(2);
    for (const stage of stages) expect(stage.replace(/ AS \w+$/, '')).toMatch(pinned);
  });

  test('installs what the lockfile says, with the pnpm of the repository', () => {
    const text = lines.join('\n');
    expect(text).toContain('pnpm install --frozen-lockfile');
    expect(text).toContain(/pnpm@[\d.]+/.exec(read('packages/cli/bin/prepare.mjs'))?.[0]);
    expect(text).toContain(`--filter @probono/service-${name} deploy --prod`);
  });

  test('runs as a user who is not root, and fetches nothing by address', () => {
    const last = lines.slice(lines.lastIndexOf(stages.at(-1) ?? ''));
    expect(last.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    expect(lines.filter((line) => /^ADD\b|curl|wget/.test(line))).toEqual([]);
  });

  test('copies only what is there and what .dockerignore lets in', () => {
    const sources = lines.flatMap((line) => /^COPY (?!--from)(.*) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      expect([source, existsSync(resolve(root, source))]).toEqual([source, true]);
      expect(read('.dockerignore').split('\n')).toContain(`!${source}`);
    }
  });

  test('has no settings of its own but the port', () => {
    const set = lines.flatMap((line) => /^ENV (\w+)=/.exec(line)?.[1] ?? []);
    expect(set.filter((setting) => setting.startsWith('PROBONO_') && !settingNames.includes(setting))).toEqual([]);
  });
});
