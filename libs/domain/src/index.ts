export * from './domain-error.js';
export * from './id.js';
export * from './contact/contact.js';
