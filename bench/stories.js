/**
 * A generated story of `count` nodes: conditions, effects and dice on its choices, which lead to nodes nearby, so that
 * plays go back and forth; the last node is its ending. The same for the same count.
 */
export function eventfulStory(count) {
  const random = lcg(count);
  const among = (n) => Math.floor(random() * n);
  const conditions = [
    'gold >= 3',
    'gold < 40 || lamp',
    '"rope" in inventory || turn > 5',
    'stats.health > 2 && !cursed',
    'visits["7"] < 4',
  ];
  const effects = [
    { op: 'add', target: 'gold', value: '2' },
    { op: 'sub', target: 'gold', value: '1' },
    { op: 'toggle', target: 'lamp' },
    { op: 'give', target: 'rope' },
    { op: 'add', target: 'health', value: 'gold > 10 ? 1 : -1' },
  ];
  const schema = {
    variables: [
      { name: 'gold', type: 'int', initial: 5, min: 0, max: 99 },
      { name: 'lamp', type: 'bool', initial: false },
      { name: 'cursed', type: 'bool', initial: false },
    ],
    items: [{ key: 'rope', name: 'Rope', max: 5 }],
    stats: [{ key: 'health', name: 'Health', initial: 10, min: 0, max: 20 }],
  };
  const nodes = Array.from({ length: count }, (_, i) => {
    const choice = (place, rest) => ({
      id: 10 * i + place,
      letter: 'ABC'[place],
      text: `Go on ${place}`,
      consequences: null,
      ...rest,
    });
    const near = () => 1 + Math.min(count - 1, Math.max(0, i - 4 + among(10)));
    const isEnding = i === count - 1;
    return {
      id: i + 1,
      key: `${i + 1}`,
      title: `Node ${i + 1}`,
      content: 'It is dark.',
      type: isEnding ? 'ending' : 'choice',
      isStart: i === 0,
      endingKind: isEnding ? 'good' : null,
      effects: i % 4 === 0 ? [effects[among(5)]] : undefined,
      choices: isEnding
        ? []
        : [
            choice(0, { to: i + 2, effects: [effects[among(5)]] }),
            choice(1, {
              to: near(),
              condition: conditions[among(5)],
              effects: [effects[among(5)]],
            }),
            choice(2, {
              to: near(),
              condition: conditions[among(5)],
              ...(i % 10 === 0 ? { check: '2d6 + stats.health >= 12', failTo: i + 1 } : {}),
            }),
          ],
    };
  });
  return { schema, nodes };
}

/** A generated story of `count` nodes without rules, with some 2.5 choices for each node,
 * the first to the next node and the others to nodes nearby. */
export function plainStory(count) {
  const random = lcg(count);
  let id = 0;
  const nodes = Array.from({ length: count }, (_, i) => {
    const isEnding = i % 100 === 99;
    const wanted = isEnding ? 0 : i % 2 === 0 ? 2 : 3;
    return {
      id: i + 1,
      key: `${i + 1}`,
      title: 'A node',
      content: 'It is dark.',
      type: isEnding ? 'ending' : 'choice',
      isStart: i === 0,
      endingKind: isEnding ? 'good' : null,
      choices: Array.from({ length: wanted }, (_, place) => ({
        id: ++id,
        letter: 'ABC'[place],
        text: 'Go on',
        consequences: null,
        to:
          1 +
          (place === 0
            ? (i + 1 + (i % 100 === 98 ? 1 : 0)) % count
            : Math.min(count - 1, Math.max(0, i - 500 + Math.floor(random() * 1000)))),
      })),
    };
  });
  return { nodes };
}

/** The same story in ink: a knot for each node, the rules as ink's own conditions and assignments. */
export function toInk({ schema, nodes }) {
  const lines = [
    ...schema.variables.map(({ name, initial }) => `VAR ${name} = ${initial}`),
    ...schema.items.map(({ key }) => `VAR ${key} = 0`),
    ...schema.stats.map(({ key, initial }) => `VAR ${key} = ${initial}`),
    'VAR turn = 0',
    '-> n1',
  ];
  for (const node of nodes) {
    lines.push(`=== n${node.id} ===`, ...(node.effects ?? []).map(assignment), node.content);
    for (const choice of node.choices) lines.push(...inkChoice(choice));
    if (node.type === 'ending') lines.push('-> END');
  }
  return lines.join('\n');
}

function inkChoice({ condition, text, effects = [], to, check, failTo }) {
  const head = `+ ${condition === undefined ? '' : `{${inkCondition(condition)}} `}${text}`;
  const before = ['~ turn = turn + 1'];
  if (check === undefined) return [head, ...before, ...effects.map(assignment), `-> n${to}`];
  const roll = '{RANDOM(1, 6) + RANDOM(1, 6) + health >= 12:';
  return [head, ...before, roll, `-> n${to}`, '- else:', `-> n${failTo}`, '}'];
}

const inkCondition = (condition) =>
  condition
    .replace('"rope" in inventory', 'rope > 0')
    .replace('stats.', '')
    .replace('!cursed', 'not cursed')
    .replace('visits["7"]', 'n7');

/** With the bounds that the story declares, as ink has none of its own. */
function assignment({ op, target, value = '1' }) {
  if (op === 'toggle') return `~ ${target} = not ${target}`;
  const [min, max] = { gold: [0, 99], rope: [0, 5], health: [0, 20] }[target];
  const amount = value.includes('?') ? '(gold > 10) * 2 - 1' : value;
  return `~ ${target} = MAX(${min}, MIN(${max}, ${target} ${op === 'sub' ? '-' : '+'} (${amount})))`;
}

/** Numbers from 0 up to 1, the same for the same seed. */
export function lcg(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A generated story of `count` nodes with `flags` variables that conditions read. Along the way each is set by readers
 * who go round, read by choices further on, and cleared when `together` later ones have been set: so many are open at a
 * time.
 */
export function observableStory(count, flags, together) {
  const apart = Math.floor((count - 1) / (flags + together));
  const name = (flag) => `flag${flag}`;
  const nodes = Array.from({ length: count }, (_, i) => {
    const isEnding = i === count - 1;
    const flag = Math.floor(i / apart);
    const choice = (place, rest) => ({
      id: 10 * i + place,
      letter: 'ABC'[place],
      text: `Go on ${place}`,
      consequences: null,
      to: i + 2,
      ...rest,
    });
    const isMark = i % apart === 0;
    const cleared = flag - together;
    const read = Math.max(0, flag - 1);
    return {
      id: i + 1,
      key: `${i + 1}`,
      title: `Node ${i + 1}`,
      content: 'It is dark.',
      type: isEnding ? 'ending' : 'choice',
      isStart: i === 0,
      endingKind: isEnding ? 'good' : null,
      effects:
        isMark && cleared >= 0 && cleared < flags
          ? [{ op: 'set', target: name(cleared), value: 'false' }]
          : undefined,
      choices: isEnding
        ? []
        : [
            choice(0, {}),
            isMark && flag < flags
              ? choice(1, { effects: [{ op: 'set', target: name(flag), value: 'true' }] })
              : choice(1, read < flags ? { condition: `${name(read)} || turn < 3` } : {}),
          ],
    };
  });
  return {
    schema: {
      variables: Array.from({ length: flags }, (_, flag) => ({
        name: name(flag),
        type: 'bool',
        initial: false,
      })),
    },
    nodes,
  };
}
