/** What stops the demo, in words that its user can act on. */
export class DemoError extends Error {}
