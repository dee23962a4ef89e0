import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { parse, parseAllDocuments } from 'yaml';
import { projectRoot } from '../../src/config/project-root.js';
import { BOUNDS } from '../../src/database/data-source.js';
import { newTestDatabase } from '../support/database.js';

const KUSTOMIZE = join(projectRoot, 'deploy', 'kustomize');

const textOf = (...path: string[]) => readFileSync(join(projectRoot, ...path), 'utf8');

/** All variables that `.env.example` explains. */
const EXPLAINED = new Set(
  [...textOf('.env.example').matchAll(/^# ([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name!),
);

interface Container {
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string }[];
  readonly envFrom?: readonly unknown[];
  readonly startupProbe?: unknown;
}

const containersIn = (manifest: any): Container[] =>
  manifest.spec?.template?.spec?.containers ?? [];

/** What the files of `deploy/kustomize` say, each document with the name of its file. */
const manifests = (): { file: string; manifest: any }[] =>
  readdirSync(KUSTOMIZE)
    .filter((file) => file !== 'kustomization.yaml')
    .flatMap((file) =>
      parseAllDocuments(textOf('deploy', 'kustomize', file)).map((document) => ({
        file,
        manifest: document.toJS(),
      })),
    );

describe('the files for deployments', () => {
  it.each(['docker-compose.yml', 'docker-compose.scale.yml'])(
    'set variables that there are: %s',
    (file) => {
      const { services } = parse(textOf(file), { merge: true });
      const ours = Object.values<any>(services).filter(({ image }) => image === 'talegraph');
      expect(ours.length).toBeGreaterThan(0);
      for (const { environment } of ours) {
        const unknown = Object.keys(environment).filter((name) => !EXPLAINED.has(name));
        expect(unknown).toEqual([]);
      }
    },
  );

  it('mount files that there are', () => {
    const { services } = parse(textOf('docker-compose.scale.yml'), { merge: true });
    const mounted = Object.values<any>(services)
      .flatMap(({ volumes = [] }) => volumes as string[])
      .filter((volume) => volume.startsWith('./'))
      .map((volume) => volume.split(':')[0]!);
    expect(mounted.length).toBeGreaterThan(0);
    for (const path of mounted)
      expect({ path, is: existsSync(join(projectRoot, path)) }).toEqual({ path, is: true });
  });

  it('bound what comes through the pooler as servers bound what they send directly', async () => {
    const database = await newTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('BEGIN');
    await client.query(textOf('deploy', 'compose', 'bound-sessions.sql'));
    const { rows } = await client.query(
      'SELECT unnest(setconfig) AS setting FROM pg_db_role_setting WHERE setrole = current_user::regrole',
    );
    await client.query('ROLLBACK');
    await client.end();
    await database.drop();
    expect(rows.map(({ setting }) => `-c ${setting}`).join(' ')).toBe(BOUNDS);
  });

  it('have a proxy that believes the one before it, and keeps figures from the public', () => {
    const proxy = textOf('deploy', 'compose', 'Caddyfile');
    expect(proxy).toMatch(/^\s*trusted_proxies private_ranges$/m);
    expect(proxy).toMatch(/^\s*respond \/metrics\* 404$/m);
  });

  it('are all named by the Kustomize base, and set variables that there are', () => {
    const { resources } = parse(textOf('deploy', 'kustomize', 'kustomization.yaml'));
    expect([...new Set(manifests().map(({ file }) => file))].sort()).toEqual(resources);
    for (const { manifest } of manifests()) {
      const names = [
        ...containersIn(manifest).flatMap(({ env = [] }) => env.map(({ name }) => name)),
        ...(manifest.kind === 'ConfigMap' ? Object.keys(manifest.data) : []),
      ];
      expect(names.filter((name) => !EXPLAINED.has(name))).toEqual([]);
    }
  });

  it('select the pods that they are for', () => {
    const labels = manifests()
      .filter(({ manifest }) => manifest.kind === 'Deployment')
      .map(({ manifest }) => manifest.spec.template.metadata.labels);
    const selectors = manifests().flatMap(
      ({ manifest: { kind, spec } }) =>
        (kind === 'Service' ? spec.selector : spec?.selector?.matchLabels) ?? [],
    );
    expect(selectors).toHaveLength(4);
    for (const selector of selectors) expect(labels).toContainEqual(selector);
    // Others in the namespace may have servers and workers too.
    const { labels: common } = parse(textOf('deploy', 'kustomize', 'kustomization.yaml'));
    expect(common).toEqual([
      { pairs: { 'app.kubernetes.io/name': 'talegraph' }, includeSelectors: true },
    ]);
  });

  it('give what starts slowly two minutes', () => {
    const deployments = manifests().filter(({ manifest }) => manifest.kind === 'Deployment');
    expect(deployments).toHaveLength(2);
    for (const { manifest } of deployments)
      expect(containersIn(manifest).map(({ startupProbe }) => startupProbe)).toEqual([
        {
          httpGet: { path: '/health/ready', port: 'http' },
          periodSeconds: 2,
          failureThreshold: 60,
        },
      ]);
  });
});
