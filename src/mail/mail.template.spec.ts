import { describe, expect, it } from '@jest/globals';
import { render } from './mail.template.js';

describe('a mail', () => {
  const mail = {
    to: 'ada@example.org',
    subject: 'News',
    paragraphs: ['Hello <b>Ada</b>,', 'see “Tom & "Jerry"”.'],
  };

  it('is written as plain text and as HTML, with its link', () => {
    const rendered = render(
      { ...mail, link: { label: 'See it', path: '/news' } },
      'https://stories.example.org',
    );
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
    });
  });

  it('shows as text whatever users have written', () => {
    const { html } = render(mail, 'https://stories.example.org');
    expect(html).toContain('<p>Hello &lt;b&gt;Ada&lt;/b&gt;,</p>');
    expect(html).toContain('<p>see “Tom &amp; &quot;Jerry&quot;”.</p>');
  });

  it('has no link where there is none to follow', () => {
    const { text, html } = render(mail, 'https://stories.example.org');
    expect(html).not.toContain('<a ');
    expect(text).toContain('”.\n\n-- \n');
  });
});
