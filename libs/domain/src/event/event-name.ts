/** The names that events of a workspace may have together. Intercom has 120 (reference 3). */
export const MAX_EVENT_NAMES = 1_000;

/** Characters of a name. */
export const MAX_EVENT_NAME = 255;

/**
 * An event name as it is kept: trimmed, lower-case, and with `-` for `.` and `$`. Names that differ only in that are
 * one event (reference: Intercom's event names).
 */
export function normalizeEventName(name: string): string {
  return name.trim().toLowerCase().replaceAll(/[.$]/g, '-');
}
