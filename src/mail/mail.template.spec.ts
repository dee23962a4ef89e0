import { describe, expect, it } from '@jest/globals';
import { render } from './mail.template.js';

const PLACES = {
  publicUrl: 'https://api.example.org',
  pagesUrl: 'https://stories.example.org',
};

describe('a mail', () => {
  const mail = {
    to: 'ada@example.org',
    subject: 'News',
    paragraphs: ['Hello <b>Ada</b>,', 'see “Tom & "Jerry"”.'],
  };

  it('is written as plain text and as HTML, with its link', () => {
    const rendered = render({ ...mail, links: [{ label: 'See it', path: '/news' }] }, PLACES);
    expect(rendered).toEqual({
      to: 'ada@example.org',
      subject: 'News',
      text: [
        'Hello <b>Ada</b>,\n',
        'see “Tom & "Jerry"”.\n',
        'See it:\nhttps://stories.example.org/news\n',
        '-- \nTalegraph, https://stories.example.org\n',
      ].join('\n'),
      html: expect.stringContaining('<p><a href="https://stories.example.org/news">See it</a></p>'),
      headers: {},
    });
  });

  it('shows as text whatever users have written', () => {
    const { html } = render(mail, PLACES);
    expect(html).toContain('<p>Hello &lt;b&gt;Ada&lt;/b&gt;,</p>');
    expect(html).toContain('<p>see “Tom &amp; &quot;Jerry&quot;”.</p>');
  });

  it('tells how to end mails of its kind, in its headers too, where nobody has to get them', () => {
    const unsubscribe = {
      label: 'Stop such mails',
      path: '/stop?a=1&b=2',
      isServed: true,
    } as const;
    const { text, html, headers } = render({ ...mail, unsubscribe }, PLACES);
    expect(headers).toEqual({
      'List-Unsubscribe': '<https://api.example.org/stop?a=1&b=2>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(text).toContain('Stop such mails:\nhttps://api.example.org/stop?a=1&b=2\n');
    expect(html).toContain(
      '<a href="https://api.example.org/stop?a=1&amp;b=2">Stop such mails</a>',
    );
  });

  it('has no link where there is none to follow', () => {
    const { text, html } = render(mail, PLACES);
    expect(html).not.toContain('<a ');
    expect(text).toContain('”.\n\n-- \n');
  });
});
