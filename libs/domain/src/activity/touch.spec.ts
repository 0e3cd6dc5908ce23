import { describe, expect, it } from '@jest/globals';
import { MAX_ATTRIBUTE_STRING } from '../attribute/attribute-value.js';
import { touchOf } from './touch.js';

const PAGE =
  'https://shop.example/spring?utm_source=news&utm_medium=email&utm_campaign=may&utm_term=a+b&utm_content=top';

const referrer = (url: string | undefined, from: string) => touchOf(url, from)?.referrer;

describe('a touch', () => {
  it('is the campaign of the URL and the page before', () => {
    expect(touchOf(PAGE, 'https://search.example/?q=x')).toEqual({
      referrer: 'https://search.example/?q=x',
      source: 'news',
      medium: 'email',
      campaign: 'may',
      term: 'a b',
      content: 'top',
    });
  });

  it.each([
    [undefined, undefined],
    ['', ''],
    ['https://shop.example/', ''],
    ['https://shop.example/?utm_source=', undefined],
    ['/?utm_source=news', undefined],
    ['https://shop.example/a', 'https://shop.example/b'],
    ['https://shop.example/a', 'http://www.shop.example/b'],
    ['https://www.shop.example/a', 'https://shop.example/b'],
    ['https://shop.example/', 'about:blank'],
    ['https://shop.example/', 'search.example'],
  ])('is none of %j from %j', (url, from) => {
    expect(touchOf(url, from)).toBeUndefined();
  });

  it.each([
    ['https://shop.example/', 'https://app.shop.example/', 'https://app.shop.example/'],
    ['http://localhost:3000/', 'http://localhost:4000/', 'http://localhost:4000/'],
    ['https://shop.example/', 'android-app://com.example.mail/', 'android-app://com.example.mail/'],
    [undefined, 'https://shop.example/', 'https://shop.example/'],
    ['no url', 'https://shop.example/', 'https://shop.example/'],
    ['https://shop.example/', 'https://ada:secret@blog.example/a#b', 'https://blog.example/a'],
  ])('on %j from %j is of %s', (url, from, expected) => {
    expect(referrer(url, from)).toBe(expected);
  });

  it('is cut where an attribute ends', () => {
    const fits = 'x'.repeat(MAX_ATTRIBUTE_STRING);

    expect(touchOf(`https://a.example/?utm_term=${fits}`, undefined)?.term).toBe(fits);
    expect(touchOf(`https://a.example/?utm_term=${fits}y`, undefined)?.term).toBe(fits);
    expect(referrer('https://a.example/', `https://b.example/${fits}`)).toHaveLength(MAX_ATTRIBUTE_STRING);
  });

  it('takes the first of a parameter that is there twice', () => {
    expect(touchOf('https://a.example/?utm_source=one&utm_source=two', undefined)?.source).toBe('one');
  });
});
