import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';

interface Service {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: object;
  readonly build?: string;
}

const services = readServices();
const ours = Object.entries(services).filter(([, service]) => service.build !== undefined);
const dockerfile = readFileSync('Dockerfile', 'utf8');

describe('the production shape', () => {
  it('is a process each for api, worker and dispatcher, after the migration', () => {
    expect(ours.map(([name]) => name).sort()).toEqual(['api', 'dispatcher', 'migrate', 'worker']);
    for (const [name, service] of ours.filter(([name]) => name !== 'migrate'))
      expect([name, service.depends_on?.['migrate']]).toEqual([
        name,
        { condition: 'service_completed_successfully' },
      ]);
  });

  it('runs programs that there are', () => {
    for (const [, { command }] of ours) {
      expect(command[0]).toBe('node');
      const source = sourceOf(command[1] ?? '');
      expect([source, existsSync(source)]).toEqual([source, true]);
    }
  });

  it('waits only for services that there are, and that can be waited for', () => {
    for (const { depends_on = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(Object.keys(services)).toContain(name);
        if (condition === 'service_healthy') expect(services[name]?.healthcheck).toBeDefined();
      }
    }
  });

  it('copies files that there are into the image', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) =>
      files?.split(' '),
    );
    expect(copied.length).toBeGreaterThan(0);
    for (const file of copied) expect([file, existsSync(file ?? '')]).toEqual([file, true]);
  });

  it('does not run as root', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
  });
});

/** What a compiled program is compiled from: a fresh checkout has no `dist` yet. */
const sourceOf = (compiled: string): string => compiled.replace(/^dist\//, '').replace(/\.js$/, '.ts');

/** With the merge keys of YAML 1.1 resolved, as compose resolves them. */
function readServices(): Readonly<Record<string, Service>> {
  const file = load(readFileSync('docker-compose.yml', 'utf8')) as {
    services: Record<string, Service & { '<<'?: Service }>;
  };
  return Object.fromEntries(
    Object.entries(file.services).map(([name, service]) => [name, { ...service['<<'], ...service }]),
  );
}
