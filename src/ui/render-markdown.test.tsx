import fc from 'fast-check';
import { expect, test } from 'vitest';

import { renderMarkdown } from './render-markdown';

function draw(text: string): HTMLDivElement {
  const holder = document.createElement('div');
  holder.append(renderMarkdown(text));
  return holder;
}

test('what a note needs is drawn', () => {
  const note = draw(
    '**root** is `pool.ts:41`\n\n- [issue](https://example.org/1)\n- see\n\n| a | b |\n|---|---|\n| 1 | 2 |',
  );
  expect(note.querySelector('strong')?.textContent).toBe('root');
  expect(note.querySelector('a')?.getAttribute('rel')).toBe('noopener noreferrer');
  expect(note.querySelectorAll('li, td')).toHaveLength(4);
});

test.each([
  '<img src="https://evil.example/x.png">',
  '![](https://evil.example/x.png)',
  '<script>alert(1)</script>',
  '<svg onload=alert(1)><style>*{background:url(https://evil.example)}</style></svg>',
  '<form action="https://evil.example"><input name=a><button>x</button></form>',
  '<iframe src="https://evil.example"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1)) [y](data:text/html,x) [z](vbscript:x)',
  '<p style="position:fixed" onclick="alert(1)" id="log" class="x">over all</p>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
])('%s loads, runs and disguises nothing', (text) => {
  const note = draw(text);
  expect(note.querySelector('img, script, svg, style, form, input, iframe, button, math')).toBeNull();
  for (const element of note.querySelectorAll('*')) {
    for (const { name } of element.attributes)
      expect(['href', 'title', 'start', 'align', 'target', 'rel']).toContain(name);
    expect(element.getAttribute('href') ?? 'https:').toMatch(/^(?:https?|mailto):/);
  }
});

test('any text can be drawn', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom('<', '>', '"', '&', '[', '](', ')', '`', '#', '|', '\n', '- ', 'javascript:'),
          fc.string(),
        ),
      ),
      (parts) => {
        const note = draw(parts.join(''));
        expect(note.querySelector('script, img, iframe, style, object, embed')).toBeNull();
      },
    ),
    { seed: 20261120, numRuns: 200 },
  );
});
