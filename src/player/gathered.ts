import type { Value, VariableDefinition } from '../engine/core/definition.js';
import type { Holdings } from '../engine/core/holdings.js';
import { element } from './dom.js';
import { valueText } from './told.js';

/** What happens when the reader sets a variable. @returns why it cannot be set, when it cannot */
export type Setting = (name: string, value: Value) => string | undefined;

/** What the reader has gathered; undefined when that is nothing. */
export function gathered(
  { stats, variables, items, artifacts, endings }: Holdings,
  set: Setting,
): HTMLElement | undefined {
  const parts = [
    ...list('You', [
      ...stats.map(({ stat, value }): Row => [stat.name, valueText(value)]),
      ...variables.map(({ variable, value }): Row => [
        variable.name,
        variable.readerWritable === true ? setter(variable, value, set) : valueText(value),
      ]),
    ]),
    ...list(
      'You carry',
      items.map(({ item, count }) => [
        count === 1 ? item.name : `${item.name} × ${count}`,
        item.description,
      ]),
    ),
    ...list('Found', artifacts.map(toRow)),
    ...list('Endings', endings.map(toRow)),
  ];
  if (parts.length === 0) return undefined;
  return element('aside', { ariaLabel: 'What you have' }, ...parts);
}

type Row = readonly [name: string, value: string | HTMLElement | undefined];

const toRow = ({ name, description }: { name: string; description?: string }): Row => [
  name,
  description,
];

const list = (title: string, rows: readonly Row[]): HTMLElement[] =>
  rows.length === 0
    ? []
    : [
        element('h2', {}, title),
        element(
          'dl',
          {},
          ...rows.flatMap(([name, value]) => [
            element('dt', {}, name),
            value !== undefined && element('dd', {}, value),
          ]),
        ),
      ];

function setter({ name, type }: VariableDefinition, value: Value, set: Setting): HTMLElement {
  const isFlag = type === 'bool';
  const input = element('input', {
    type: isFlag ? 'checkbox' : 'text',
    inputMode: type === 'int' ? 'numeric' : type === 'number' ? 'decimal' : 'text',
    ariaLabel: name,
  });
  if (isFlag) input.checked = value === true;
  else input.value = `${value}`;
  const problem = element('p', { className: 'problem', role: 'alert' });
  return element(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        problem.textContent = set(name, valueIn(input, type)) ?? '';
      },
    },
    element('span', { className: 'answer' }, input, element('button', {}, 'Set')),
    problem,
  );
}

/** What is no number stays a text, which is then refused with the reason. */
function valueIn(input: HTMLInputElement, type: VariableDefinition['type']): Value {
  if (type === 'bool') return input.checked;
  const number = Number(input.value);
  const isNumber = type !== 'string' && input.value.trim() !== '' && Number.isFinite(number);
  return isNumber ? number : input.value;
}
