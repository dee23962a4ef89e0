import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';

const REL = 'rel="noopener noreferrer nofollow"';

describe('contentHtml', () => {
  let talegraph: TestApp;
  let person: Person;
  beforeAll(async () => {
    talegraph = await startApp();
    person = await talegraph.factory.newAuthor();
  });
  afterAll(() => talegraph.close());

  /** Writes `content` into a node, publishes it, and reads it as a reader does. */
  const rendered = async (content: string): Promise<string> => {
    const author = talegraph.client.as(person.token);
    const { id, node } = await talegraph.factory.newStory(person, { published: false });
    await author.get(
      `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { id } }`,
      { id: node('start'), input: { revision: 1, content } },
    );
    await author.get(`mutation ($id: ID!) { publishStory(id: $id) { id } }`, { id });
    const { story } = await talegraph.client.get(
      `query ($id: ID!) { story(id: $id) { startNode { content contentHtml } } }`,
      { id },
    );
    expect(story.startNode.content).toBe(content);
    return story.startNode.contentHtml;
  };

  it.each([
    [
      'emphasis',
      'It is *very* **dark** ~~here~~.',
      '<p>It is <em>very</em> <strong>dark</strong> <s>here</s>.</p>\n',
    ],
    ['headings', '## The Hall', '<h2>The Hall</h2>\n'],
    ['lists', '- one\n- two', '<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n'],
    ['quotations', '> Beware.', '<blockquote>\n<p>Beware.</p>\n</blockquote>\n'],
    ['code', '`a < b`', '<p><code>a &lt; b</code></p>\n'],
    ['rules and line breaks', 'one  \ntwo\n\n---', '<p>one<br />\ntwo</p>\n<hr />\n'],
    ['an empty text', '', ''],
  ])('renders %s', async (_, content, html) => {
    expect(await rendered(content)).toBe(html);
  });

  it.each([
    ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n'],
    ['<b onclick="x()">bold</b>', null],
    ['<img src=x onerror=alert(1)>', null],
    ['<iframe src="https://example.org"></iframe>', null],
    ['&lt;script&gt;', '<p>&lt;script&gt;</p>\n'],
    ['<svg/onload=alert(1)>', null],
    ['<!-- hidden -->', null],
  ])('shows the raw HTML %s as text', async (content, html) => {
    const result = await rendered(content);
    if (html !== null) expect(result).toBe(html);
    // No element but the paragraph comes of it.
    expect(result.replace(/^<p>|<\/p>\n$/g, '')).not.toContain('<');
  });

  it.each([
    ['[x](https://example.org)', `<p><a href="https://example.org" ${REL}>x</a></p>\n`],
    [
      '[x](http://example.org/?a=1&b=2 "Title")',
      `<p><a href="http://example.org/?a=1&amp;b=2" title="Title" ${REL}>x</a></p>\n`,
    ],
    ['[x](mailto:a@example.org)', `<p><a href="mailto:a@example.org" ${REL}>x</a></p>\n`],
    [
      '<https://example.org>',
      `<p><a href="https://example.org" ${REL}>https://example.org</a></p>\n`,
    ],
  ])('makes a link of %s that hands nothing on', async (content, html) => {
    expect(await rendered(content)).toBe(html);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:msgbox(1))',
    '[x](file:///etc/passwd)',
    '[x](ftp://example.org/a)',
    '<javascript:alert(1)>',
  ])('makes no address of %s', async (content) => {
    const html = await rendered(content);
    expect(html).not.toContain('href');
    expect(html.replace(/<\/?(p|a)( rel="[a-z ]+")?>/g, '')).not.toContain('<');
  });

  it.each(['[x](java&Tab;script:alert(1))', '[x](<java\tscript:alert(1)>)', '[x](%6aavascript:a)'])(
    'leaves nothing of %s that a browser takes for a script',
    async (content) => {
      const [, href] = /href="([^"]*)"/.exec(await rendered(content)) ?? [];
      expect(new URL(href ?? '', 'https://talegraph.example').protocol).toBe('https:');
    },
  );

  it.each([
    ['![a cat](https://example.org/cat.png)', '<p></p>\n'],
    ['![x](data:image/png;base64,AAAA)', '<p></p>\n'],
    ['before ![x](javascript:alert(1)) after', null],
  ])('drops the image %s', async (content, html) => {
    const result = await rendered(content);
    if (html !== null) expect(result).toBe(html);
    expect(result).not.toMatch(/<img|src=/);
  });

  it('lets a link neither open the reader’s window to its target nor carry handlers', async () => {
    const html = await rendered('[x](https://example.org "a\\" onmouseover=\\"alert(1)")');
    expect(html).toBe(
      `<p><a href="https://example.org" title="a&quot; onmouseover=&quot;alert(1)" ${REL}>x</a></p>\n`,
    );
  });
});
