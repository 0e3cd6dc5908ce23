export * from './domain-error.js';
export * from './id.js';
export * from './contact/contact.js';
export * from './attribute/standard-attributes.js';
export * from './update/update.js';
export * from './attribute/write-attributes.js';
export * from './event/event-summary.js';
export * from './session/session.js';
