export * from './domain-error.js';
export * from './id.js';
export * from './contact/contact.js';
export * from './contact/contact-object.js';
export * from './event/event-name.js';
export * from './attribute/standard-attributes.js';
export * from './update/update.js';
