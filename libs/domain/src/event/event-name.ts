/**
 * An event name as it is kept: trimmed, lower-case, and with `-` for `.` and `$`. Names that differ only in that are
 * one event (reference: Intercom's event names).
 */
export function normalizeEventName(name: string): string {
  return name.trim().toLowerCase().replaceAll(/[.$]/g, '-');
}
