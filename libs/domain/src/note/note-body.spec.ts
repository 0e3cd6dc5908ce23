import { describe, expect, it } from '@jest/globals';
import { noteBody } from './note-body.js';

describe('the body of a note', () => {
  it.each([
    ['Called, will call again', '<p>Called, will call again</p>'],
    ['one\ntwo\r\nthree', '<p>one<br>two<br>three</p>'],
    ['<script>alert("1")</script>', '<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</p>'],
    [`<b>Tom</b> & Ann's`, '<p>&lt;b&gt;Tom&lt;/b&gt; &amp; Ann&#39;s</p>'],
    ['&lt;', '<p>&amp;lt;</p>'],
  ])('is a paragraph that shows %j', (text, body) => {
    expect(noteBody(text)).toBe(body);
  });
});
