const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * The text of a note as an HTML paragraph, in which Intercom answers it. Whatever the text holds is shown, never run: a
 * page may insert it as it is.
 */
export function noteBody(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
  return `<p>${escaped.replace(/\r?\n/g, '<br>')}</p>`;
}
