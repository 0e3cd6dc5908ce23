/** Words that templates write where they have no value (reference 2). */
const NOTHING = new Set(['', 'undefined', 'null']);

/** How the messenger of Intercom looks and how long its cookie lives: pages may go on to say it. */
const SETTINGS = new Set([
  'app_id',
  'api_base',
  'session_duration',
  'custom_launcher_selector',
  'alignment',
  'vertical_padding',
  'horizontal_padding',
  'hide_default_launcher',
  'hide_notifications',
  'action_color',
  'background_color',
  'theme_mode',
  'z_index',
]);

export type PageData = Readonly<Record<string, unknown>>;

/** What a page says of its visitor, without settings; null is what it does not know. */
export function cleaned(data: PageData): PageData {
  const told = Object.entries(data).filter(([key]) => !SETTINGS.has(key));
  return Object.fromEntries(told.map(([key, value]) => [key, known(value)]));
}

const known = (value: unknown): unknown => (typeof value === 'string' && NOTHING.has(value) ? null : value);

/** Templates write times as text. */
export const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;

/** What is no object has no names. */
export const objectOf = (value: unknown): PageData =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PageData) : {};
