/** Markdown to a fragment of safe elements. Heavy, so it is loaded when the first note is shown. */
import createDOMPurify from 'dompurify';
import { marked } from 'marked';

const purify = createDOMPurify(window);

// What a note needs. Nothing that loads, styles, submits or runs: an image alone would tell a server that it was read.
const TAGS = [
  'p',
  'br',
  'hr',
  'em',
  'strong',
  'del',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'a',
];

purify.addHook('afterSanitizeAttributes', (element) => {
  if (element.tagName !== 'A') return;
  // Another site learns neither where the link stood nor gets a hold on this page.
  element.setAttribute('target', '_blank');
  element.setAttribute('rel', 'noopener noreferrer');
});

/** @returns only elements of the list above, links only to http, https and mailto addresses */
export function renderMarkdown(text: string): DocumentFragment {
  const html = marked.parse(text, { async: false, gfm: true, breaks: true });
  return purify.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['href', 'title', 'start', 'align'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}
