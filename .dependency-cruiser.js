import { readFileSync } from 'node:fs';

const { layers } = JSON.parse(
  readFileSync(new URL('./module-order.json', import.meta.url), 'utf8'),
);

/** The part of a folder that does not stand in another layer by itself. */
const folderPattern = (folder) => {
  const within = layers.flat().filter((other) => other.startsWith(`${folder}/`));
  return within.length === 0
    ? `${folder}/`
    : `${folder}/(?!${within.map((other) => other.slice(folder.length + 1)).join('|')}/)`;
};

const inFolders = (folders) => `^src/(${folders.map(folderPattern).join('|')})`;

/** For each module: nothing of its own layer's other modules, nor of any higher layer. */
const orderRules = layers.flatMap((layer, i) =>
  layer.map((module) => ({
    name: `order-${module}`,
    comment: `${module} stands below what it imports here: see module-order.json.`,
    severity: 'error',
    from: { path: inFolders([module]) },
    to: {
      path: inFolders([
        ...layer.filter((other) => other !== module),
        ...layers.slice(i + 1).flat(),
        'nothing',
      ]),
    },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...orderRules,
    {
      name: 'known-module',
      comment: 'Every folder of src/ stands in module-order.json.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: inFolders(layers.flat()) },
    },
    {
      name: 'modules-do-not-import-wiring',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^(src/[^/]+\\.ts$|seeds/|migrations/|test/)' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(src|seeds|migrations)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'engine-core-is-pure',
      comment:
        'engine/core runs in the server, the simulator and the browser: it imports itself, the CEL parser and Liquid, which run there too.',
      severity: 'error',
      from: { path: '^src/engine/core/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^(src/engine/core/|node_modules/(@marcbachmann/cel-js|liquidjs)/)' },
    },
    {
      name: 'resolvers-hold-no-sql',
      comment: 'Statements belong to repositories.',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: { path: '^(src/database/|node_modules/(typeorm|pg)/)' },
    },
    {
      name: 'only-config-reads-the-environment',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(config/|database/embedded/)' },
      to: { path: '^(node:)?process$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
