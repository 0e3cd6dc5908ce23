export * from './domain-error.js';
export * from './id.js';
export * from './contact/contact.js';
export * from './attribute/standard-attributes.js';
export * from './update/update.js';
